"""A question that is asked once more, not twice at once; and view-models that end with their windows."""

import asyncio

from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.tasks import Tasks
from tests.conftest import Eventually


async def test_many_wishes_become_two_questions(eventually: Eventually) -> None:
    asked: list[int] = []
    go = asyncio.Event()

    async def question() -> None:
        asked.append(len(asked))
        await go.wait()

    tasks = Tasks(lambda error: None)
    latest = Latest(tasks, "question", question)
    for _ in range(5):
        latest.ask()
    await eventually(lambda: asked == [0])
    latest.ask()
    latest.ask()
    go.set()
    await eventually(lambda: not tasks.is_running("question"))
    assert asked == [0, 1]


async def test_a_wish_between_the_answer_and_the_end_is_not_lost(eventually: Eventually) -> None:
    asked: list[int] = []

    async def question() -> None:
        asked.append(len(asked))
        if len(asked) == 1:
            asyncio.get_running_loop().call_soon(latest.ask)

    latest = Latest(Tasks(lambda error: None), "question", question)
    latest.ask()
    await eventually(lambda: asked == [0, 1])


async def test_a_question_that_failed_can_be_asked_again(eventually: Eventually) -> None:
    reported: list[BaseException] = []

    async def question() -> None:
        raise RuntimeError("no answer")

    tasks = Tasks(reported.append)
    latest = Latest(tasks, "question", question)
    latest.ask()
    await eventually(lambda: len(reported) == 1)
    latest.ask()
    await eventually(lambda: len(reported) == 2)


async def test_models_end_with_their_window_or_with_the_program(eventually: Eventually) -> None:
    class Model:
        closed = 0

        async def left(self) -> bool:
            return True

        async def close(self) -> None:
            self.closed += 1

    models = OpenModels(lambda error: None)
    first, second, never = Model(), Model(), Model()
    models.keep(first)
    models.keep(second)
    models.end(first)
    models.end(never)
    await eventually(lambda: first.closed == 1)
    await models.close()
    assert (first.closed, second.closed, never.closed) == (1, 1, 0)
