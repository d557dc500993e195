"""Faults that put something else in the place of the service's answer, or break it as a message.

Each is a fault or makes one; its first line says what was done and what the client hears. Where nothing is
done, something in front of the service answered, or the service before it looked at the fax.
"""

import email.utils
from http import HTTPStatus

import httpx

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.faults.rules import Answering, Fault

PLAN_MISSING = (12004, "Professional plan isn't activated")
ELSEWHERE = "https://elsewhere.example"
JSON = "application/json; charset=utf-8"


async def html(request: httpx.Request, answer: Answering) -> httpx.Response:
    """Nothing is done: something in between answers 200 with a page of HTML."""
    return httpx.Response(200, html="<html><body><h1>Welcome to the guest network</h1></body></html>\n")


async def html_after(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done, but what comes back is a page of HTML."""
    await answer(request)
    return await html(request, answer)


def too_many(retry_after: int = 30, form: str = "seconds") -> Fault:
    """Nothing is done: 429, with Retry-After in seconds or as a date by the service's clock."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        now = answer.truth.now()
        later = str(retry_after) if form == "seconds" else http_date(now + retry_after)
        return httpx.Response(
            429,
            headers={"Retry-After": later, "Date": http_date(now)},
            html="<html><body><h1>429 Too Many Requests</h1></body></html>\n",
        )

    return fault


def server_error(status: int = 500) -> Fault:
    """Nothing is done: the server breaks down first, with 500, 502 or 503 and a page of HTML."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        title = f"{status} {HTTPStatus(status).phrase}"
        return httpx.Response(status, html=f"<html><body><h1>{title}</h1></body></html>\n")

    return fault


def server_error_after(status: int = 502) -> Fault:
    """The work is done, but what comes back is 500, 502 or 503 and a page of HTML."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        await answer(request)
        return await server_error(status)(request, answer)

    return fault


async def expired_key(request: httpx.Request, answer: Answering) -> httpx.Response:
    """Nothing is done: the key is refused with 12001, inside HTTP 200."""
    return answers.refused(*answers.KEY_REFUSED)


async def plan_missing(request: httpx.Request, answer: Answering) -> httpx.Response:
    """Nothing is done: the account lacks the plan for it, 12004 inside HTTP 200."""
    return answers.refused(*PLAN_MISSING)


async def truncated_json(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done; the answer is whole as a message, but its JSON ends in the middle."""
    content = await (await answer(request)).aread()
    return httpx.Response(200, headers={"Content-Type": JSON}, content=content[: len(content) // 2])


async def empty_body(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done; the answer is 200 and has no body."""
    await answer(request)
    return httpx.Response(200, headers={"Content-Type": JSON}, content=b"")


def wrong_content_type(content_type: str = "text/html") -> Fault:
    """The work is done; the answer is the right JSON under another type."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        content = await (await answer(request)).aread()
        return httpx.Response(200, headers={"Content-Type": content_type}, content=content)

    return fault


def redirect(status: int = 302, to: str = ELSEWHERE) -> Fault:
    """Nothing is done: the client is sent to the same path of another origin."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        return httpx.Response(status, headers={"Location": f"{to.rstrip('/')}{request.url.path}"})

    return fault


def http_date(moment: float) -> str:
    """Unix seconds as HTTP writes a date."""
    return email.utils.formatdate(moment, usegmt=True)
