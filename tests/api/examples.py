"""One call of each of the thirty operations, and the `data` of the answer that the wire contract (section 3) shows for it."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.api.numbers import FaxNumbers
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.api.records import Item, Records
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, FieldValue
from tests.api.calling import NUMBER, OWN_NUMBER

DAY = date(2026, 1, 5)
SENT_JOB, RECEIVED_JOB, TRANSACTION = "7204418", "7204951", "8802045"
SENT_FAX, RECEIVED_FAX = "5310022", "5310077"
NUMBER_ID, ORDER_ID = "310443", "1702233445566779001"
OFFERED = "+12025550162"
FAX = OutgoingFax(NUMBER, OWN_NUMBER, "fax-1.pdf", b"%PDF-1.7")

Call = Callable[[Channel, Path], Awaitable[object]]

CALLS: dict[str, Call] = {
    "fax_send": lambda channel, _: Outbound(channel).send(FAX),
    "fax_resend": lambda channel, _: Outbound(channel).resend(SENT_JOB),
    "fax_forward": lambda channel, _: Outbound(channel).forward(SENT_JOB, NUMBER, OWN_NUMBER),
    "fax_cancel": lambda channel, _: Outbound(channel).cancel(SENT_JOB),
    "fax_status": lambda channel, _: Outbound(channel).status(SENT_JOB),
    "fax_detail": lambda channel, _: Outbound(channel).detail(SENT_JOB),
    "fax_list": lambda channel, _: Outbound(channel).list_sent(DAY, DAY),
    "fax_download": lambda channel, into: Outbound(channel).download(SENT_JOB, into),
    "item_delete": lambda channel, _: Records(channel).delete(Item.SENT, SENT_JOB),
    "item_files_delete": lambda channel, _: Records(channel).delete_files(Item.SENT, SENT_JOB),
    "inbound_fax_list": lambda channel, _: Inbound(channel).list_received_by(NUMBER_ID, ORDER_ID, DAY, DAY),
    "inbound_fax_list_all": lambda channel, _: Inbound(channel).list_received(DAY, DAY),
    "inbound_fax_download": lambda channel, into: Inbound(channel).download(RECEIVED_JOB, TRANSACTION, into),
    "inbound_fax_delete": lambda channel, _: Inbound(channel).delete(RECEIVED_JOB, TRANSACTION),
    "extract_start": lambda channel, _: Records(channel).start_extraction(RECEIVED_JOB, Direction.RECEIVED),
    "extract_result": lambda channel, _: Records(channel).extraction(
        RECEIVED_JOB, Direction.RECEIVED, Extract.FACTS
    ),
    "number_list": lambda channel, _: FaxNumbers(channel).owned(),
    "country_list": lambda channel, _: FaxNumbers(channel).countries(),
    "area_list": lambda channel, _: FaxNumbers(channel).areas("US"),
    "area_numbers": lambda channel, _: FaxNumbers(channel).on_offer("4411"),
    "number_check": lambda channel, _: FaxNumbers(channel).check(OFFERED),
    "number_buy": lambda channel, _: FaxNumbers(channel).buy(OFFERED),
    "number_delete": lambda channel, _: FaxNumbers(channel).release(NUMBER_ID, ORDER_ID),
    "cdr_list": lambda channel, _: Records(channel).usage(DAY, DAY, Direction.SENT),
    "label_list": lambda channel, _: Records(channel).labels(),
    "fax_label_add": lambda channel, _: Records(channel).add_labels(
        RECEIVED_FAX, Direction.RECEIVED, ["14", "15"]
    ),
    "fax_label_remove": lambda channel, _: Records(channel).remove_labels(
        RECEIVED_FAX, Direction.RECEIVED, ["15"]
    ),
    "fax_fields_get": lambda channel, _: Records(channel).fields(RECEIVED_FAX, Direction.RECEIVED),
    "fax_fields_set": lambda channel, _: Records(channel).set_fields(
        RECEIVED_FAX, Direction.RECEIVED, [FieldValue("3", "Case number", "A-119")]
    ),
    "fax_label_replace": lambda channel, _: Records(channel).replace_labels(
        RECEIVED_FAX, Direction.RECEIVED, ["14"]
    ),
}

_PDF = "JVBERi0xLjQKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c+PgplbmRvYmoK" * 4
_SENT: dict[str, Any] = {
    "jobId": 7204418,
    "fromNumber": "+12025550143",
    "toNumber": "+14155550119",
    "faxCallLength": 74,
    "faxCallStart": 1767605400,
    "faxCallEnd": 1767605474,
    "faxTotalPages": 3,
    "faxTransferredPages": 3,
    "faxStatus": "delivered",
    "message": "NORMAL_CLEARING",
    "code": 0,
}
_LISTED = {**_SENT, "faxId": 5310022, "transactionId": 8801337, "direction": "outbound"}
_RECEIVED: dict[str, Any] = {
    "faxId": 5310077,
    "jobId": 7204951,
    "transactionId": 8802045,
    "sender": "+13125550188",
    "receiver": "+12025550143",
    "fromNumber": "+13125550188",
    "toNumber": "+12025550143",
    "receivedTime": "2026-01-05 09:31:14",
    "faxReceivedPages": 2,
    "faxTotalPages": 2,
    "faxStatus": "received",
}

DATA: dict[str, Any] = {
    "fax_send": {"jobId": 7204418},
    "fax_resend": {"id": 7204980},
    "fax_forward": {"jobId": 7204992},
    "fax_cancel": {"jobId": 7204418, "faxStatus": "canceled"},
    "fax_status": _SENT,
    "fax_detail": {**_LISTED, "subject": "Quarterly statement", "labels": [], "custom_fields": []},
    "fax_list": [_LISTED],
    "fax_download": _PDF,
    "item_delete": {},
    "item_files_delete": {},
    "inbound_fax_list": [_RECEIVED],
    "inbound_fax_list_all": [_RECEIVED],
    "inbound_fax_download": _PDF,
    "inbound_fax_delete": {},
    "extract_start": {"jobId": 7204951, "type": "OCR", "state": "processing"},
    "extract_result": {
        "jobId": 7204951,
        "type": "NLP",
        "text": "Invoice 118 total 42.00",
        "fields": [{"name": "invoice_no", "value": "118"}],
    },
    "number_list": [
        {
            "numberId": "310442",
            "orderId": "1702233445566778899",
            "faxNumber": "+12025550143",
            "countryIso": "US",
            "areaCode": "202",
        }
    ],
    "country_list": [{"id": "1", "name": "United States", "abbreviation": "US"}],
    "area_list": [{"id": "4411", "prefix": "202", "name": "Washington", "state": "DC"}],
    "area_numbers": [{"faxNumber": "+12025550162"}],
    "number_check": {"faxNumber": "+12025550162"},
    "number_buy": {"numberId": "310443", "orderId": "1702233445566779001", "faxNumber": "+12025550162"},
    "number_delete": {},
    "cdr_list": [
        {
            "faxId": 5310022,
            "jobId": 7204418,
            "transactionId": 8801337,
            "direction": "OB",
            "fromNumber": "+12025550143",
            "toNumber": "+14155550119",
            "faxCallStart": 1767605400,
            "faxCallEnd": 1767605474,
            "faxCallLength": 74,
            "faxTotalPages": 3,
            "faxTransferredPages": 3,
            "faxStatus": "delivered",
            "code": 0,
            "message": "NORMAL_CLEARING",
            "cost": "0.03",
        }
    ],
    "label_list": [
        {"labelId": "14", "name": "Billing", "color": "#3366cc"},
        {"labelId": "15", "name": "Urgent", "color": "#cc3333"},
    ],
    "fax_label_add": {},
    "fax_label_remove": {},
    "fax_fields_get": [{"id": "3", "name": "Case number", "value": "A-118"}],
    "fax_fields_set": {},
    "fax_label_replace": {},
}

REQUESTS: dict[str, Any] = {
    "fax_resend": {"jobId": 7204418},
    "fax_forward": {"jobId": 7204418, "faxNumber": NUMBER, "callerId": OWN_NUMBER},
    "fax_cancel": {"jobId": 7204418},
    "fax_status": {"jobId": 7204418},
    "fax_detail": {"jobId": 7204418},
    "fax_list": {"startDate": "01/04/2026", "endDate": "01/06/2026"},
    "fax_download": {"jobId": 7204418},
    "item_delete": {"type": "outbound", "jobId": 7204418},
    "item_files_delete": {"type": "outbound", "jobId": 7204418},
    "inbound_fax_list": {
        "numberId": "310443",
        "orderId": "1702233445566779001",
        "startDate": "01/04/2026",
        "endDate": "01/06/2026",
    },
    "inbound_fax_list_all": {"startDate": "01/04/2026", "endDate": "01/06/2026", "sortBy": "newest"},
    "inbound_fax_download": {"jobId": "7204951", "transactionId": "8802045"},
    "inbound_fax_delete": {"jobId": "7204951", "transactionId": "8802045"},
    "extract_start": {"jobId": "7204951", "direction": "inbound", "type": "OCR"},
    "extract_result": {"jobId": "7204951", "direction": "inbound", "type": "NLP"},
    "number_list": {},
    "country_list": {},
    "area_list": {"abbreviation": "US"},
    "area_numbers": {"id": "4411"},
    "number_check": {"faxNumber": "+12025550162"},
    "number_buy": {"faxNumber": "+12025550162", "addLicense": False},
    "number_delete": {"numberId": "310443", "orderId": "1702233445566779001"},
    "cdr_list": {"startDate": "01/04/2026", "endDate": "01/06/2026", "direction": "OB"},
    "label_list": {},
    "fax_label_add": {"faxId": 5310077, "faxType": "IB", "labelId": "14,15"},
    "fax_label_remove": {"faxId": 5310077, "faxType": "IB", "labelId": "15"},
    "fax_fields_get": {"faxId": 5310077, "faxType": "IB"},
    "fax_fields_set": {
        "faxId": 5310077,
        "faxType": "IB",
        "custom_fields": [{"id": "3", "name": "Case number", "value": "A-119"}],
    },
    "fax_label_replace": {"faxId": 5310077, "faxType": "IB", "labelId": "14"},
    "fax_send": {
        "faxNumber": NUMBER,
        "faxQuality": "Standard",
        "callerId": OWN_NUMBER,
        "faxData": [{"fileName": "fax-1.pdf", "fileData": "JVBERi0xLjc="}],
    },
}
"""What each of the calls asks with; ids as the contract wants them, numbers to some calls and text to others."""
