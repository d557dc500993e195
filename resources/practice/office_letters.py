"""Practice faxes from offices: insurance, court, supplier, lawyers, town hall.

Everybody and everything in them is invented.
"""

import itertools

from resources.practice.practice_fax import (
    BILLING,
    FRONT_DESK,
    PracticeFax,
    band,
    centred_head,
    letterhead,
)
from resources.practice.sheet import LEFT, RIGHT, Sheet


def north_bay_authorization() -> PracticeFax:
    return PracticeFax(
        file="02-north-bay-authorization.pdf",
        sender="+12025550137",
        name="North Bay Insurance",
        receiver=BILLING,
        header="11/23/2026 14:17:52   NORTH BAY INSURANCE   +12025550137   ->   +12025550160      Page {page} of {pages}",
        sheets=(_north_bay_letter(), _north_bay_form()),
    )


def _north_bay_letter() -> Sheet:
    sheet = Sheet(specks=4)
    letterhead(
        sheet,
        "North Bay Insurance",
        "Authorizations, P.O. Box 1180, North Bay   |   Phone +1 202 555 0136   |   Fax +1 202 555 0137",
    )
    sheet.text(LEFT, 370, "Lakeside Family Clinic, Billing")
    sheet.text(LEFT, 416, "Fax +1 202 555 0160")
    sheet.text(RIGHT, 370, "23 November 2026", at="r")
    sheet.text(RIGHT, 416, "Case NB-7730-2218", bold=True, at="r")
    sheet.text(LEFT, 520, "More information needed by 4 December", 44, bold=True)
    y = sheet.paragraph(
        590,
        "You asked us on 18 November to authorize eight sessions of physiotherapy for Mr. Tomas Beck, member "
        "0045 118 902, after surgery of the right shoulder.",
    )
    y = sheet.paragraph(
        y + 26,
        "Four sessions are approved from today. For the other four our reviewer needs to know how far the arm "
        "could be raised at the last visit, and the goal of the treatment. Fill in the form on page 2 and fax it "
        "back; a treatment plan of your own will do as well if it answers the same questions.",
    )
    sheet.box(LEFT, y + 20, RIGHT, y + 300, 3)
    for number, (label, value) in enumerate(
        (
            ("Approved", "4 sessions, code 97110, 23 Nov 2026 to 31 Jan 2027"),
            ("Waiting", "4 sessions, code 97110"),
            ("Authorization", "A-2026-551094"),
            ("Member pays", "20.00 USD a session"),
        )
    ):
        sheet.text(LEFT + 30, y + 80 + number * 60, label, 32, bold=True)
        sheet.text(520, y + 80 + number * 60, value, 32)
    y = sheet.paragraph(
        y + 380,
        "Without an answer by 4 December we decide on what we have. The member may appeal within 60 days; how to "
        "do that is told in the letter sent to him today.",
    )
    sheet.text(LEFT, y + 60, "Reviewer: C. Marsh, ext. 418")
    y = sheet.paragraph(
        1860,
        "An authorization is not a promise of payment: benefits depend on the membership on the day of treatment. "
        "This page holds health information protected by law. If it reached you by mistake, call +1 202 555 0136.",
        24,
    )
    return sheet


def _north_bay_form() -> Sheet:
    sheet = Sheet(specks=4)
    sheet.text(LEFT, 190, "Information for review", 50, bold=True)
    sheet.text(RIGHT, 190, "Case NB-7730-2218", 32, bold=True, at="r")
    sheet.text(LEFT, 240, "Fax back to +1 202 555 0137. Write in block letters.", 28)
    band(sheet, 280, "A   MEMBER AND PROVIDER")
    sheet.field(LEFT, 326, 864, 430, "Member", "BECK, TOMAS")
    sheet.field(864, 326, RIGHT, 430, "Member number", "0045 118 902")
    sheet.field(LEFT, 430, 864, 534, "Treating therapist")
    sheet.field(864, 430, RIGHT, 534, "Phone for questions")
    band(sheet, 566, "B   FINDINGS AT THE LAST VISIT")
    sheet.field(LEFT, 612, 620, 716, "Date of the visit")
    sheet.field(620, 612, 1100, 716, "Raises arm forward, degrees")
    sheet.field(1100, 612, RIGHT, 716, "Sideways, degrees")
    sheet.field(LEFT, 716, RIGHT, 820, "Pain at rest, 0 to 10")
    for number in range(11):
        sheet.tick(560 + number * 88, 790, str(number), size=28)
    band(sheet, 852, "C   WHAT THE PATIENT CANNOT DO YET")
    for number, words in enumerate(
        ("Dress without help", "Drive", "Reach a shelf", "Lift 5 kg", "Sleep on that side", "Work")
    ):
        sheet.tick(LEFT + 20 + number % 3 * 480, 960 + number // 3 * 70, words)
    band(sheet, 1070, "D   GOAL OF THE TREATMENT AND HOW IT IS MEASURED")
    sheet.box(LEFT, 1116, RIGHT, 1440, 2.5)
    for number in range(4):
        sheet.rule(1186 + number * 68, LEFT + 20, RIGHT - 20, 1.5)
    band(sheet, 1472, "E   SIGNATURE")
    sheet.field(LEFT, 1518, 1000, 1680, "Signature")
    sheet.field(1000, 1518, RIGHT, 1680, "Date")
    sheet.tick(LEFT + 10, 1750, "A treatment plan is attached:           pages")
    sheet.rule(1756, 610, 690, 2)
    sheet.text(LEFT, 2060, "Form AU-12, edition 3", 24)
    for number in range(44):  # the bar code that sorts the form
        wide = (3, 6, 3, 9, 6)[number * 7 % 5]
        sheet.fill(1090 + number * 11, 1980, 1090 + number * 11 + wide, 2064)
    return sheet


def county_court_notice() -> PracticeFax:
    return PracticeFax(
        file="03-county-court-notice.pdf",
        sender="+12025550166",
        name="County Court, Registry",
        receiver=FRONT_DESK,
        header="Mon Nov 23 2026 13:50   COUNTY COURT REGISTRY   Fax 202-555-0166                 Page {page} / {pages}",
        sheets=(_court_order(), _court_certificate()),
    )


def _court_order() -> Sheet:
    sheet = Sheet(skew=0.15)
    sheet.text(864, 200, "IN THE COUNTY COURT OF LAKE COUNTY", 40, bold=True, at="m")
    sheet.text(864, 248, "Civil Division", 32, at="m")
    sheet.fill(900, 300, 903, 640)
    sheet.rule(640, LEFT, 900, 3)
    for line, words in (
        (350, "NORA VANCE,"),
        (400, "                    Plaintiff,"),
        (450, "     against"),
        (500, "BRIGHTWELL PROPERTIES, INC.,"),
        (550, "                    Defendant."),
    ):
        sheet.text(LEFT, line, words)
    sheet.text(940, 400, "Case No. 26-CV-03318", bold=True)
    sheet.text(940, 460, "Judge H. Pellman")
    sheet.text(940, 520, "Courtroom 4B")
    sheet.text(864, 740, "NOTICE OF HEARING AND ORDER TO PRODUCE RECORDS", 38, bold=True, at="m")
    y = 820.0
    for number, words in enumerate(
        (
            "A hearing on the plaintiff's motion is set for Thursday, 17 December 2026, at 9:30 in the morning, "
            "in Courtroom 4B, 200 Court Square, Lakeside.",
            "Lakeside Family Clinic, which is not a party, shall produce the records of its treatment of the "
            "plaintiff from 1 March 2025 to 30 September 2026, with bills, and without notes of psychotherapy.",
            "The records shall reach the Registry by 10 December 2026, by fax to +1 202 555 0166 or in a sealed "
            "envelope, together with the certificate on page 2, signed by the keeper of the records.",
            "Objections shall be filed in writing within seven days of this notice.",
            "The reasonable cost of copies, up to 75 dollars, is borne by the plaintiff.",
        ),
        start=1,
    ):
        sheet.text(LEFT, y, f"{number}.", bold=True)
        y = sheet.paragraph(y, words, x=LEFT + 70) + 22
    sheet.text(LEFT, y + 50, "So ordered on 23 November 2026.")
    sheet.sign(940, y + 140, "H Pellman", 5.2)
    sheet.rule(y + 170, 900, RIGHT, 2)
    sheet.text(900, y + 212, "H. Pellman, County Judge", 29)
    sheet.stamp(430, y + 190, ("FILED", "23 NOV 2026  LAKE COUNTY"), turn=9)
    sheet.text(LEFT, 2076, "Persons who need help to attend: call +1 202 555 0165 three days ahead.", 25)
    return sheet


def _court_certificate() -> Sheet:
    sheet = Sheet(skew=0.15)
    sheet.text(864, 200, "CERTIFICATE OF THE KEEPER OF RECORDS", 42, bold=True, at="m")
    sheet.text(864, 252, "Case No. 26-CV-03318, Vance against Brightwell Properties, Inc.", 30, at="m")
    y = 350.0
    for words in ("I,", "am employed by", "as", "and keep its records."):
        sheet.text(LEFT, y, words)
        if not words.startswith("and"):
            sheet.rule(y + 6, 480, RIGHT, 2)
        y += 84
    y = sheet.paragraph(
        y + 20,
        "The pages sent with this certificate are true copies of the records named in the order of 23 November "
        "2026. They were made at or near the time of what they tell of, by persons who knew of it, in the usual "
        "course of our work.",
    )
    for number, words in enumerate(
        (
            "All records named in the order are enclosed.",
            "We have no such records.",
            "Some are held back. The list is attached, with reasons.",
        )
    ):
        sheet.tick(LEFT + 20, y + 60 + number * 76, words, size=33)
    sheet.text(LEFT, y + 330, "Number of pages sent:")
    sheet.rule(y + 336, 560, 760, 2)
    sheet.text(LEFT, y + 430, "I declare under penalty of perjury that this is true.")
    for number, words in enumerate(("Date and place", "Signature", "Name in print")):
        sheet.rule(y + 560 + number * 150, LEFT, 1100, 2.5)
        sheet.text(LEFT, y + 596 + number * 150, words, 25)
    sheet.box(1180, y + 480, RIGHT, y + 860, 3)
    sheet.text(1379, y + 540, "For the Registry", 27, at="m")
    sheet.text(1379, y + 830, "Received, time, initials", 23, at="m")
    return sheet


def calder_invoice() -> PracticeFax:
    sheet = Sheet(skew=-0.1)
    sheet.fill(LEFT, 140, LEFT + 120, 260)
    sheet.fill(LEFT + 46, 156, LEFT + 74, 244, 255)
    sheet.fill(LEFT + 16, 186, LEFT + 104, 214, 255)
    sheet.text(LEFT + 150, 200, "Calder Medical Supply", 52, bold=True)
    sheet.text(
        LEFT + 150, 250, "940 Foundry Road, Calder   |   Phone +1 312 555 0187   |   Fax +1 312 555 0188", 25
    )
    sheet.text(RIGHT, 380, "INVOICE", 70, bold=True, at="r")
    for number, words in enumerate(
        ("Bill to", "Lakeside Family Clinic, Billing", "12 Shore Street", "Lakeside")
    ):
        sheet.text(LEFT, 360 + number * 46, words, 31, bold=number == 0)
    for number, (label, value) in enumerate(
        (("Number", "CM-208817"), ("Date", "20 Nov 2026"), ("Due", "20 Dec 2026"), ("Your order", "LFC-1164"))
    ):
        sheet.text(1130, 450 + number * 46, label, 31)
        sheet.text(RIGHT, 450 + number * 46, value, 31, bold=True, at="r")
    columns = (LEFT + 16, 330, -1150, -1350, -(RIGHT - 16))
    sheet.fill(LEFT, 660, RIGHT, 716)
    for x, words in zip(columns, ("Item", "Description", "Quantity", "Price", "Amount"), strict=True):
        sheet.text(abs(x), 700, words, 28, bold=True, at="r" if x < 0 else "l", ink=255)
    y = 716
    for cells in INVOICE_LINES:
        sheet.row(y + 44, tuple(zip(columns, cells, strict=True)))
        sheet.rule(y + 62, weight=1.5)
        y += 64
    for number, (label, value) in enumerate(
        (("Subtotal", "626.90"), ("Delivery", "18.00"), ("Sales tax 6 %", "37.61"), ("Total, USD", "682.51"))
    ):
        sheet.text(1150, y + 60 + number * 56, label, 34 if number == 3 else 31, bold=number == 3, at="r")
        sheet.text(
            RIGHT - 16, y + 60 + number * 56, value, 34 if number == 3 else 31, bold=number == 3, at="r"
        )
    sheet.rule(y + 178, 900, RIGHT, 4)
    y = round(
        sheet.paragraph(
            y + 360,
            "Gloves size L are out of stock; 4 boxes follow by 2 December and are not on this invoice.",
        )
    )
    sheet.paragraph(
        y + 20, "Pay by transfer, with the number of the invoice. After 20 December we add 1.5 % a month."
    )
    sheet.rule(1800, weight=2)
    sheet.text(LEFT, 1850, "Return this part with your payment", 28)
    for x, label, value in (
        (LEFT, "Invoice", "CM-208817"),
        (626, "Amount due", "682.51 USD"),
        (1102, "Amount paid", ""),
    ):
        sheet.field(x, 1880, x + 476, 2000, label, value)
    return PracticeFax(
        file="07-calder-invoice.pdf",
        sender="+13125550188",
        name="Calder Medical Supply",
        receiver=BILLING,
        header="11-20-2026   4:12PM   FROM CALDER MEDICAL SUPPLY   312 555 0188                 P.{page:03d}/{pages:03d}",
        sheets=(sheet,),
    )


INVOICE_LINES = (
    ("10-4410", "Examination gloves, nitrile, size M, box of 100", "12", "9.80", "117.60"),
    ("10-4415", "Examination gloves, nitrile, size S, box of 100", "6", "9.80", "58.80"),
    ("22-0031", "Table paper, 50 cm x 50 m", "18", "6.45", "116.10"),
    ("31-2207", "Gauze pads 10 x 10, sterile, 50 pieces", "10", "7.20", "72.00"),
    ("31-2290", "Elastic bandage 8 cm", "40", "1.35", "54.00"),
    ("45-1000", "Digital thermometer with 20 covers", "3", "24.50", "73.50"),
    ("52-0118", "Sharps container 5 l, yellow", "8", "8.35", "66.80"),
    ("60-7741", "Surface disinfectant, 5 l", "3", "22.70", "68.10"),
)


def morgan_hale_request() -> PracticeFax:
    return PracticeFax(
        file="09-morgan-hale-request.pdf",
        sender="+12025550151",
        name="Morgan & Hale, Lawyers",
        receiver=FRONT_DESK,
        header="20/11/2026  15:32   MORGAN & HALE   +1 202 555 0151   >   +1 202 555 0119         {page} of {pages}",
        sheets=(_hale_cover(), _hale_letter(), _hale_authorization(), _hale_list()),
    )


def _hale_cover() -> Sheet:
    sheet = Sheet(specks=6)
    sheet.text(LEFT, 260, "Morgan & Hale", 76, bold=True)
    sheet.text(LEFT, 316, "Lawyers   |   5 Exchange Place, Lakeside   |   Phone +1 202 555 0150", 27)
    sheet.text(LEFT, 520, "FAX", 150, bold=True)
    for number, (label, value) in enumerate(
        (
            ("To", "Records desk, Lakeside Family Clinic"),
            ("Fax", "+1 202 555 0119"),
            ("From", "Simon Hale, for Ms. E. Brandt"),
            ("Fax", "+1 202 555 0151"),
            ("Date", "20 November 2026"),
            ("Pages", "4, this one included"),
            ("About", "Records of Ms. Brandt, our file 26-0417"),
        )
    ):
        y = 640 + number * 84
        sheet.text(LEFT, y, label, 32, bold=True)
        sheet.text(400, y, value, 36)
        sheet.rule(y + 22, weight=2)
    for x, words, on in (
        (LEFT, "Urgent", False),
        (470, "For your answer", True),
        (940, "For your files", False),
    ):
        sheet.tick(x, 1310, words, on=on, size=34)
    sheet.write(LEFT + 10, 1450, "As discussed with Ms. Olsen on the phone today.", 3.8, 4.8)
    sheet.write(LEFT + 10, 1540, "Thank you!  S. Hale", 3.8, 4.8)
    sheet.box(LEFT, 1760, RIGHT, 1940, 3)
    sheet.paragraph(
        1816,
        "Confidential. This fax is meant only for the person named above and may be protected by the privilege "
        "between lawyer and client. If it has reached somebody else: do not read on, do not copy it, call "
        "+1 202 555 0150 and destroy all pages.",
        29,
        x=LEFT + 28,
        right=RIGHT - 28,
    )
    return sheet


def _hale_letter() -> Sheet:
    sheet = Sheet(specks=6)
    centred_head(sheet, "Morgan & Hale", "Lawyers, 5 Exchange Place, Lakeside")
    sheet.text(RIGHT, 380, "20 November 2026", at="r")
    sheet.text(LEFT, 450, "Our client: Ms. Elise Brandt, born 3 January 1987", bold=True)
    sheet.text(LEFT, 500, "Accident of 11 June 2026, corner of Weir Street and Mill Road", bold=True)
    y = sheet.paragraph(590, "Dear colleagues at the records desk,")
    for words in (
        "We act for Ms. Brandt, whom you have treated since the accident. Her signed authorization is on page 3. "
        "We ask for copies of the records listed on page 4, from 11 June 2026 to today.",
        "The driver's insurer has offered to settle before the end of the year. To answer, we need the records by "
        "Friday, 4 December. Should some of them be ready earlier, fax what you have: it helps us to begin.",
        "We pay your usual fee for copies. Send the invoice with the records, or tell us beforehand if it is more "
        "than 50 dollars.",
        "We also ask Dr. Olsen for a short statement, one page is enough: what the injuries were, what is left of "
        "them today, and whether more treatment is likely. The fee for a statement is paid separately.",
        "If something in the authorization is missing, call my assistant Jo Pereira at +1 202 555 0152, so that no "
        "time is lost.",
    ):
        y = sheet.paragraph(y + 24, words)
    sheet.text(LEFT, y + 70, "Yours sincerely,")
    sheet.sign(LEFT + 10, y + 190, "Simon Hale", 5.6)
    sheet.text(LEFT, y + 270, "Simon Hale")
    sheet.text(LEFT, 2060, "Enclosed: authorization; list of records", 27)
    return sheet


def _hale_authorization() -> Sheet:
    sheet = Sheet(skew=-0.5, specks=28)
    sheet.text(864, 200, "AUTHORIZATION TO RELEASE HEALTH RECORDS", 42, bold=True, at="m")
    sheet.field(LEFT, 260, 1040, 370, "Patient", hand="Elise Brandt")
    sheet.field(1040, 260, RIGHT, 370, "Born", hand="01 / 03 / 1987")
    sheet.field(LEFT, 370, RIGHT, 480, "Address", hand="31 Mill Road, Lakeside")
    sheet.field(LEFT, 480, RIGHT, 590, "I allow (who holds the records)", hand="Lakeside Family Clinic")
    sheet.field(LEFT, 590, RIGHT, 700, "to give copies to", hand="Morgan & Hale, Lawyers")
    sheet.text(LEFT, 780, "Which records", 34, bold=True)
    for number, (words, on) in enumerate(
        (
            ("Visits and treatment", True),
            ("Laboratory", True),
            ("X-ray and other pictures", True),
            ("Bills", True),
            ("Psychotherapy notes", False),
            ("HIV test results", False),
        )
    ):
        sheet.tick(LEFT + 20 + number % 2 * 700, 850 + number // 2 * 72, words, on=on, size=32)
    sheet.text(LEFT, 1100, "For which time", 34, bold=True)
    sheet.text(LEFT, 1180, "from")
    sheet.write(270, 1176, "06/11/2026", 3.6)
    sheet.text(700, 1180, "to")
    sheet.write(780, 1176, "today", 3.6)
    sheet.text(LEFT, 1280, "What I know", 34, bold=True)
    y = sheet.paragraph(
        1334,
        "I may take this back at any time in writing; what was given before then stays given. My treatment does "
        "not depend on it. Whoever receives the records might pass them on. It ends one year after the date below.",
        30,
    )
    sheet.rule(y + 190, LEFT, 980, 3)
    sheet.sign(LEFT + 40, y + 170, "Elise Brandt", 5.4)
    sheet.text(LEFT, y + 228, "Signature of the patient", 25)
    sheet.rule(y + 190, 1080, RIGHT, 3)
    sheet.write(1100, y + 172, "11/19/2026", 3.6)
    sheet.text(1080, y + 228, "Date", 25)
    sheet.rule(y + 350, LEFT, 980, 3)
    sheet.sign(LEFT + 60, y + 332, "J Pereira", 4.6)
    sheet.text(LEFT, y + 388, "Witness", 25)
    return sheet


def _hale_list() -> Sheet:
    sheet = Sheet(specks=6)
    sheet.text(LEFT, 200, "List of records asked for", 46, bold=True)
    sheet.text(LEFT, 250, "Ms. Elise Brandt, our file 26-0417", 30)
    columns = (LEFT, 240, 1120, 1350, RIGHT)
    sheet.fill(LEFT, 300, RIGHT, 360)
    for x, words in zip(columns, ("", "Record", "From", "Enclosed"), strict=False):
        sheet.text(x + 16, 342, words, 28, bold=True, ink=255)
    for number, (words, since) in enumerate(
        (
            ("First visit after the accident, with history", "11 Jun 2026"),
            ("X-rays of neck and left wrist, reports", "11 Jun 2026"),
            ("Follow-up visits, Dr. Olsen", "Jun to Nov"),
            ("Referral to physiotherapy and its reports", "Jul to Oct"),
            ("Prescriptions", "Jun to Nov"),
            ("Laboratory results", "Jun to Nov"),
            ("Certificates of sick leave", "Jun to Aug"),
            ("Letters from other doctors", "Jun to Nov"),
            ("Records of earlier neck pain, if there are any", "since 2021"),
            ("Bills and payments", "Jun to Nov"),
        ),
        start=1,
    ):
        y = 360 + (number - 1) * 96
        for left, right in itertools.pairwise(columns):
            sheet.box(left, y, right, y + 96, 2)
        sheet.text(195, y + 60, str(number), 30, bold=True, at="m")
        sheet.text(columns[1] + 16, y + 60, words, 30)
        sheet.text(columns[2] + 16, y + 60, since, 28)
        sheet.tick(columns[3] + 92, y + 60, "", size=34)
    sheet.text(LEFT, 1420, "For the records desk", 32, bold=True)
    for number, words in enumerate(("Copied by", "Date", "Number of pages")):
        sheet.field(LEFT + number * 476, 1450, LEFT + (number + 1) * 476, 1570, words)
    sheet.paragraph(1650, "Fax to +1 202 555 0151 or send to 5 Exchange Place, Lakeside. Thank you.")
    return sheet


def town_hall_permit() -> PracticeFax:
    sheet = Sheet(skew=0.35, specks=22)
    centred_head(
        sheet,
        "TOWN OF LAKESIDE",
        "Permits Office, Town Hall, 1 Market Square   |   Phone +1 202 555 0103   |   Fax +1 202 555 0102",
    )
    sheet.text(LEFT, 390, "Lakeside Family Clinic")
    sheet.text(LEFT, 436, "12 Shore Street")
    sheet.text(RIGHT, 390, "20 November 2026", at="r")
    sheet.text(RIGHT, 436, "Permit 2026-S-0093", bold=True, at="r")
    sheet.text(LEFT, 550, "Sign at the front of the building, 12 Shore Street", 38, bold=True)
    y = sheet.paragraph(620, "Dear Ms. Olsen,")
    y = sheet.paragraph(
        y + 20,
        "Your application of 2 November for a lit sign over the entrance is approved under section 14 of the sign "
        "rules, with these conditions:",
    )
    for letter, words in zip(
        "abcd",
        (
            "The sign is at most 2.40 m wide and 0.60 m high, and hangs no lower than 2.50 m above the pavement.",
            "It gives a steady white light, which is off from 22:00 to 06:00.",
            "A licensed electrician connects it; send us the certificate within 14 days.",
            "The pavement stays free while it is put up. A closed lane needs a separate permit.",
        ),
        strict=True,
    ):
        sheet.text(LEFT + 20, y + 30, f"{letter})")
        y = sheet.paragraph(y + 30, words, x=LEFT + 84)
    y = sheet.paragraph(
        y + 50,
        "The fee of 85.00 dollars is due by 18 December. The permit lapses if the sign is not up by 20 May 2027. "
        "You may object within 30 days in writing.",
    )
    sheet.text(LEFT, y + 60, "For the Permits Office")
    sheet.sign(LEFT + 10, y + 180, "D Quill", 5.4)
    sheet.text(LEFT, y + 260, "D. Quill")
    sheet.stamp(1180, y + 190, ("APPROVED", "20 NOV 2026"), turn=-11)
    sheet.text(LEFT, 2070, "Office hours: Monday to Thursday 8:30 to 16:00, Friday to noon.", 25)
    return PracticeFax(
        file="10-town-hall-permit.pdf",
        sender="+12025550102",
        name="Town Hall, Permits",
        receiver=BILLING,
        header="20 Nov 26  10:15a     Town of Lakeside Permits     202 555 0102                   p.{page}",
        sheets=(sheet,),
    )
