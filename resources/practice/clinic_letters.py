"""Practice faxes from those a clinic works with: doctors, laboratory, pharmacy, imaging, a care home.

Everybody and everything in them is invented.
"""

import itertools

from resources.practice.practice_fax import (
    FRONT_DESK,
    REFERRALS,
    PracticeFax,
    band,
    centred_head,
    letterhead,
)
from resources.practice.sheet import LEFT, RIGHT, Sheet


def ames_report() -> PracticeFax:
    return PracticeFax(
        file="01-ames-report.pdf",
        sender="+12025550143",
        name="Dr. Ames, Orthopaedics",
        receiver=FRONT_DESK,
        header="23 NOV 2026 11:30 EST   AMES ORTHOPAEDICS   +1 202 555 0143   TO +1 202 555 0119   PAGE {page}/{pages}",
        sheets=(_ames_letter(), _ames_x_ray(), _ames_exercises()),
    )


def _ames_letter() -> Sheet:
    sheet = Sheet(skew=0.25)
    letterhead(
        sheet,
        "Ames Orthopaedics",
        "3 Park Lane, Lakeside   |   Phone +1 202 555 0142   |   Fax +1 202 555 0143",
    )
    sheet.text(LEFT, 380, "To: Dr. R. Olsen, Lakeside Family Clinic")
    sheet.text(RIGHT, 380, "23 November 2026", at="r")
    sheet.text(LEFT, 466, "Re: Ms. Joan Harper, born 14 March 1961, left knee", 36, bold=True)
    y = sheet.paragraph(550, "Dear Dr. Olsen,")
    y = sheet.paragraph(
        y + 24,
        "Ms. Harper came to us today, nine days after she slipped on wet steps. She walks without a stick but "
        "avoids stairs, and the knee wakes her about twice a night.",
    )
    sheet.text(LEFT, y + 34, "What we found", 34, bold=True)
    y = sheet.paragraph(
        y + 84,
        "The knee bends to 115 degrees and straightens fully. There is a small swelling above the kneecap, no "
        "warmth and no redness. Both side ligaments hold. Turning the bent knee outwards is painful on the inner "
        "side, which points to the meniscus. The X-ray of this morning is on the next page.",
    )
    sheet.text(LEFT, y + 34, "What we suggest", 34, bold=True)
    for number, words in enumerate(
        (
            "No kneeling and no lifting over 10 kg for three weeks.",
            "The exercises on page 3, twice a day, beginning on Wednesday.",
            "Paracetamol 500 mg when needed, at most six tablets a day.",
            "An MRI if stairs still hurt on 14 December. We would book it here.",
        ),
        start=1,
    ):
        sheet.text(LEFT + 20, y + 36 + number * 50, f"{number}.   {words}")
    y = sheet.paragraph(
        y + 340,
        "May we ask you to look at the knee in the second week of December and to let us know by fax whether "
        "the MRI is wanted? Thank you for sending her to us.",
    )
    sheet.text(LEFT, y + 50, "With kind regards,")
    sheet.sign(LEFT + 10, y + 160, "M Ames", 5.4)
    sheet.text(LEFT, y + 236, "Marian Ames, MD")
    sheet.text(
        LEFT, 2060, "If you are not the person this was meant for, call +1 202 555 0142 and destroy it.", 25
    )
    return sheet


def _ames_x_ray() -> Sheet:
    sheet = Sheet(skew=0.25)
    letterhead(sheet, "X-ray report", "Ames Orthopaedics   |   Room 2   |   Report 2026-4471")
    pairs = (
        ("Patient", "Joan Harper"),
        ("Born", "14 March 1961"),
        ("Taken", "23 November 2026, 09:12"),
        ("Region", "Left knee, three views, standing"),
        ("Asked by", "Dr. R. Olsen, Lakeside Family Clinic"),
        ("Reason", "Fall on steps, pain on the inner side"),
    )
    for number, (label, value) in enumerate(pairs):
        y = 360.0 + number * 64
        sheet.box(LEFT, y, 520, y + 64, 2)
        sheet.box(520, y, RIGHT, y + 64, 2)
        sheet.text(LEFT + 18, y + 44, label, 30, bold=True)
        sheet.text(540, y + 44, value, 31)
    y = 850.0
    for head, words in (
        ("Bones", "No fracture. Alignment is straight. Small spurs on both edges of the tibia, as in 2023."),
        ("Joint space", "Slightly narrower on the inner side: 3.5 mm, against 4.5 mm on the outer side."),
        ("Soft parts", "A thin layer of fluid above the kneecap. No calcium in tendons or vessels."),
        ("Compared with", "Films of 6 June 2023: the inner joint space was 4 mm then."),
    ):
        sheet.text(LEFT, y, head, 33, bold=True)
        y = sheet.paragraph(y + 48, words, 32) + 30
    sheet.box(LEFT, y, RIGHT, y + 210, 4)
    sheet.text(LEFT + 24, y + 54, "Opinion", 33, bold=True)
    sheet.paragraph(
        y + 104,
        "Early wear of the inner joint. No sign of a break. The film does not show the meniscus; an MRI would.",
        32,
        x=LEFT + 24,
        right=RIGHT - 24,
    )
    sheet.sign(LEFT + 10, y + 350, "T Bram", 4.6)
    sheet.text(LEFT, y + 410, "T. Bram, radiographer      Read by M. Ames, MD, at 10:05", 28)
    return sheet


def _ames_exercises() -> Sheet:
    sheet = Sheet(skew=-0.15)
    letterhead(sheet, "Exercises for the knee", "For Ms. Harper, from 25 November 2026, twice a day")
    columns = (LEFT, 250, 1090, 1330, RIGHT)
    heads = ("", "What to do", "How often", "From week")
    rows = (
        ("Heel slides, lying on the back", "3 x 12", "1"),
        ("Press the knee into a rolled towel, hold 5 seconds", "3 x 10", "1"),
        ("Lift the straight leg to the height of a shoe box", "3 x 10", "1"),
        ("Sit and straighten the knee, no weight", "3 x 12", "1"),
        ("Small squats at the kitchen table, half way only", "3 x 8", "2"),
        ("Step up and down one low step, hold the rail", "2 x 10", "2"),
        ("Stand on one leg, 20 seconds", "4 x", "3"),
        ("Bicycle without resistance", "10 minutes", "3"),
    )
    sheet.fill(LEFT, 360, RIGHT, 420)
    for x, head in zip(columns, heads, strict=False):
        sheet.text(x + 16, 402, head, 28, bold=True, ink=255)
    for number, (what, often, week) in enumerate(rows, start=1):
        y = 420.0 + (number - 1) * 96
        for left, right in itertools.pairwise(columns):
            sheet.box(left, y, right, y + 96, 2)
        sheet.text(200, y + 60, str(number), 32, bold=True, at="m")
        sheet.text(columns[1] + 16, y + 60, what, 30)
        sheet.text(columns[2] + 16, y + 60, often, 30)
        sheet.text(columns[3] + 16, y + 60, week, 30)
    y = sheet.paragraph(
        1300,
        "Stop and call us if the knee locks, gives way or swells quickly. A dull ache for an hour is usual.",
    )
    sheet.text(LEFT, y + 60, "Pain in the evening, 0 to 10 (please fill in and bring along)", 31, bold=True)
    for day, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        x = LEFT + day * 204
        sheet.field(x, y + 90, x + 204, y + 220, name)
        sheet.field(x, y + 220, x + 204, y + 350, "")
    sheet.write(LEFT + 20, y + 430, "no. 5 only if the swelling is gone! MA", 3.4)
    return sheet


def riverside_referral() -> PracticeFax:
    sheet = Sheet(skew=-0.4, specks=26)
    centred_head(
        sheet,
        "REFERRAL FORM",
        "Riverside Clinic, 14 Mill Road, Fairwater   |   Phone +1 202 555 0186   |   Fax +1 202 555 0187",
    )
    sheet.text(LEFT, 356, "To: Lakeside Family Clinic, fax +1 844 555 0104", 31)
    sheet.tick(1000, 356, "Routine")
    sheet.tick(1190, 356, "Soon", on=True)
    sheet.tick(1350, 356, "Same day")
    band(sheet, 390, "1   PATIENT")
    sheet.field(LEFT, 436, 1000, 540, "Family name, first name", hand="Delgado, Peter")
    sheet.field(1000, 436, RIGHT, 540, "Date of birth", hand="02 / 07 / 1984")
    sheet.field(LEFT, 540, 760, 644, "Phone", hand="202 555 0139")
    sheet.field(760, 540, RIGHT, 644, "Address", hand="8 Orchard Row, Fairwater")
    band(sheet, 670, "2   WHY WE REFER")
    sheet.box(LEFT, 716, RIGHT, 1040, 2.5)
    for number, words in enumerate(
        (
            "Cough for 7 weeks, worse at night.",
            "No fever. Lost 2 kg since October. Non-smoker.",
            "Chest film 16 Nov: clear. Inhaler did not help.",
        )
    ):
        sheet.write(LEFT + 26, 796 + number * 96, words, 3.5)
    band(sheet, 1066, "3   WHAT WE ASK FOR")
    for number, (words, on) in enumerate(
        (
            ("Consultation", True),
            ("Lung function test", True),
            ("Allergy test", False),
            ("Take over treatment", False),
            ("Second opinion", False),
            ("Other:", False),
        )
    ):
        sheet.tick(LEFT + 24 + number % 3 * 470, 1176 + number // 3 * 74, words, on=on)
    band(sheet, 1290, "4   MEDICINES AND ALLERGIES")
    sheet.box(LEFT, 1336, RIGHT, 1500, 2.5)
    sheet.write(LEFT + 26, 1408, "Lisinopril 10 mg since August", 3.5)
    end = sheet.write(LEFT + 26, 1478, "Allergic to penicillin (rash)", 3.5)
    sheet.rule(1490, LEFT + 26, end, 4)
    band(sheet, 1526, "5   ENCLOSED")
    for number, (words, on) in enumerate(
        (("Chest film report", False), ("Blood count", False), ("Nothing", True))
    ):
        sheet.tick(LEFT + 24 + number * 470, 1632, words, on=on)
    sheet.field(LEFT, 1690, 860, 1850, "Signature of the referring doctor")
    sheet.sign(LEFT + 60, 1812, "K Lindqvist", 4.8)
    sheet.field(860, 1690, RIGHT, 1850, "Date and stamp", hand="23 Nov 2026")
    sheet.stamp(1330, 1890, ("RIVERSIDE CLINIC", "Dr. K. Lindqvist"), turn=7)
    sheet.text(LEFT, 2070, "Form RC-7. Answer by fax to +1 202 555 0187, with a copy of your findings.", 24)
    return PracticeFax(
        file="04-riverside-referral.pdf",
        sender="+12025550187",
        name="Riverside Clinic",
        receiver=REFERRALS,
        header="11/23/2026  10:04   FROM: RIVERSIDE CLINIC   2025550187      TO: 8445550104      P. {page:02d}/{pages:02d}",
        sheets=(sheet,),
    )


def hill_street_refill() -> PracticeFax:
    sheet = Sheet(skew=0.3, specks=30)
    centred_head(
        sheet,
        "HILL STREET PHARMACY",
        "77 Hill Street, Lakeside    Phone +1 202 555 0177    Fax +1 202 555 0178",
    )
    sheet.text(864, 390, "REFILL REQUEST", 60, bold=True, at="m")
    sheet.text(LEFT, 470, "To: Dr. R. Olsen, Lakeside Family Clinic", 38)
    sheet.text(RIGHT, 470, "11/21/2026   16:47", 38, at="r")
    rows = (
        ("Patient", "WEAVER, LUCIA"),
        ("Born", "09/30/1952"),
        ("Medicine", "METFORMIN 500 MG TABLETS"),
        ("Directions", "ONE TABLET TWICE A DAY WITH MEALS"),
        ("Quantity", "180"),
        ("Last filled", "08/25/2026, number 2 of 2"),
        ("Prescription", "HS 0 448 213"),
    )
    for number, (label, value) in enumerate(rows):
        y = 520 + number * 92
        sheet.box(LEFT, y, RIGHT, y + 92, 4)
        sheet.text(LEFT + 20, y + 62, label, 36)
        sheet.text(520, y + 62, value, 40, bold=True)
    sheet.text(LEFT, 1240, "Doctor: please answer below and fax this page back.", 36)
    sheet.box(LEFT, 1270, RIGHT, 1760, 5)
    sheet.tick(LEFT + 40, 1356, "Refill as written", on=False, size=40)
    sheet.text(830, 1356, "Refills:  0   1   2   3", 40)
    sheet.tick(LEFT + 40, 1446, "Refill with changes:", size=40)
    sheet.rule(1452, 640, RIGHT - 40)
    sheet.tick(LEFT + 40, 1536, "Not approved, patient must come in", size=40)
    sheet.text(LEFT + 40, 1700, "Signature", 36)
    sheet.rule(1706, 380, 1000)
    sheet.text(1040, 1700, "Date", 36)
    sheet.rule(1706, 1140, RIGHT - 40)
    sheet.write(LEFT + 20, 1880, "2nd request - she has 3 days left. Thank you, Ines", 3.9, 5)
    sheet.text(
        864, 2040, "Open Monday to Saturday 8 to 20.  Call us with questions: +1 202 555 0177", 32, at="m"
    )
    return PracticeFax(
        file="05-hill-street-refill.pdf",
        sender="+12025550178",
        name="Hill Street Pharmacy",
        receiver=FRONT_DESK,
        header="NOV-21-2026 16:48   HILL STREET PHARMACY          202 555 0178                P.{page:02d}",
        sheets=(sheet,),
        fine=False,
    )


def fallow_creek_results() -> PracticeFax:
    sheet = Sheet(skew=0.1, specks=8)
    letterhead(
        sheet,
        "Fallow Creek Laboratory",
        "210 Weir Street, Fallow Creek   |   Phone +1 628 555 0171   |   Results by fax +1 628 555 0170",
    )
    for x, label, value in (
        (LEFT, "Patient", "Okafor, Daniel"),
        (640, "Born", "21 May 1978"),
        (930, "Sample", "FC-26-118204"),
        (1270, "Taken", "20 Nov 2026, 08:10"),
    ):
        sheet.text(x, 346, label, 23)
        sheet.text(x, 386, value, 31, bold=True)
    sheet.text(
        LEFT,
        446,
        "Doctor: R. Olsen, Lakeside Family Clinic.   Blood, fasting.   Final report, 23 Nov 2026, 12:40.",
        28,
    )
    columns = (LEFT + 14, -900, -1010, 1040, 1330)
    sheet.fill(LEFT, 480, RIGHT, 532)
    for x, words in zip(columns, ("Test", "Result", "", "Unit", "Usual range"), strict=True):
        sheet.text(abs(x), 518, words, 27, bold=True, at="r" if x < 0 else "l", ink=255)
    y = 532.0
    for group, tests in LAB_RESULTS:
        sheet.text(LEFT + 14, y + 44, group, 29, bold=True)
        y += 58
        for test, result, flag, unit, usual in tests:
            sheet.row(
                y + 36,
                tuple(zip(columns, (test, result, flag, unit, usual), strict=True)),
                29,
                bold=bool(flag),
            )
            sheet.rule(y + 50, weight=1.5)
            y += 51
        y += 14
    sheet.text(LEFT, y + 50, "Remarks", 31, bold=True)
    y = sheet.paragraph(
        y + 98,
        "H above and L below the usual range. LDL and glucose are higher than in May 2026 (121 and 98 mg/dL). "
        "The sample was clear. Ferritin follows on a separate page as soon as it is ready.",
        29,
    )
    sheet.sign(1150, y + 80, "P Noor", 4.4)
    sheet.text(1140, y + 134, "P. Noor, PhD, head of laboratory", 26)
    return PracticeFax(
        file="06-fallow-creek-results.pdf",
        sender="+16285550170",
        name="Fallow Creek Laboratory",
        receiver=FRONT_DESK,
        header="2026-11-23 13:06  FALLOW CREEK LAB  +16285550170 > +12025550119  JOB 5521  PAGE {page} OF {pages}",
        sheets=(sheet,),
    )


LAB_RESULTS = (
    (
        "Blood count",
        (
            ("White cells", "6.4", "", "10^9/L", "4.0 - 10.5"),
            ("Red cells", "4.31", "L", "10^12/L", "4.40 - 5.90"),
            ("Haemoglobin", "13.1", "L", "g/dL", "13.5 - 17.5"),
            ("Haematocrit", "39.8", "", "%", "39.0 - 50.0"),
            ("Platelets", "238", "", "10^9/L", "150 - 400"),
        ),
    ),
    (
        "Metabolism",
        (
            ("Glucose, fasting", "109", "H", "mg/dL", "70 - 99"),
            ("HbA1c", "5.9", "H", "%", "below 5.7"),
            ("Creatinine", "0.94", "", "mg/dL", "0.70 - 1.30"),
            ("Urea nitrogen", "15", "", "mg/dL", "7 - 20"),
            ("Sodium", "140", "", "mmol/L", "135 - 145"),
            ("Potassium", "4.2", "", "mmol/L", "3.5 - 5.1"),
        ),
    ),
    (
        "Fats",
        (
            ("Cholesterol", "221", "H", "mg/dL", "below 200"),
            ("HDL", "48", "", "mg/dL", "above 40"),
            ("LDL", "143", "H", "mg/dL", "below 130"),
            ("Triglycerides", "150", "", "mg/dL", "below 150"),
        ),
    ),
    ("Thyroid", (("TSH", "2.1", "", "mIU/L", "0.4 - 4.0"),)),
)


def old_quay_appointment() -> PracticeFax:
    sheet = Sheet(skew=-0.2)
    letterhead(
        sheet,
        "Old Quay Imaging",
        "1 Harbour Steps, Lakeside   |   Appointments +1 202 555 0173   |   Fax +1 202 555 0174",
    )
    sheet.text(LEFT, 390, "Appointment confirmed", 52, bold=True)
    sheet.text(LEFT, 450, "for your patient Ms. Ruth Adeyemi, born 8 August 1990")
    sheet.box(LEFT, 490, RIGHT, 800, 5)
    for x, label, value in (
        (190, "Day", "Tue 1 Dec 2026"),
        (690, "Time", "10:40"),
        (1010, "Where", "Room 3, first floor"),
    ):
        sheet.text(x, 560, label, 26)
        sheet.text(x, 622, value, 46, bold=True)
    sheet.rule(656, LEFT + 20, RIGHT - 20, 2)
    sheet.text(190, 710, "Examination", 26)
    sheet.text(190, 762, "Ultrasound of the abdomen, about 25 minutes", 38, bold=True)
    sheet.text(LEFT, 880, "Before the examination", 36, bold=True)
    for number, words in enumerate(
        (
            "Nothing to eat from 04:00 that morning. Water is fine.",
            "Medicines may be taken as usual, with a sip of water.",
            "Bring this page, the insurance card and earlier pictures.",
            "Come 15 minutes early; the desk is on the ground floor.",
        )
    ):
        sheet.fill(LEFT + 12, 926 + number * 56, LEFT + 26, 940 + number * 56)
        sheet.text(LEFT + 56, 944 + number * 56, words)
    sheet.text(LEFT, 1220, "How to find us", 36, bold=True)
    _map(sheet, 1250)
    sheet.text(LEFT, 1890, "To change the appointment call +1 202 555 0173 by noon on the day before.")
    sheet.text(LEFT, 1950, "The report is faxed to you within two working days.")
    sheet.sign(1160, 2030, "Hana", 4.2)
    sheet.text(LEFT, 2030, "H. Sato, appointments")
    return PracticeFax(
        file="08-old-quay-appointment.pdf",
        sender="+12025550174",
        name="Old Quay Imaging",
        receiver=REFERRALS,
        header="23-NOV-2026 09:21   Old Quay Imaging   +1 202 555 0174                     {page}/{pages}",
        sheets=(sheet,),
    )


def _map(sheet: Sheet, top: float) -> None:
    """A street plan: two streets, a row of houses, the water, a cross."""
    sheet.box(LEFT, top, RIGHT, top + 560, 3)
    for y in (top + 150, top + 210, top + 390, top + 440):
        sheet.rule(y, LEFT, RIGHT, 4)
    for x in (620, 690):
        sheet.fill(x, top, x + 4, top + 150)
        sheet.fill(x, top + 210, x + 4, top + 390)
    sheet.text(220, top + 192, "Weir Street", 30)
    sheet.text(760, top + 426, "Harbour Steps", 30)
    for x in range(760, 1500, 130):
        sheet.box(x, top + 268, x + 96, top + 364, 3)
    sheet.fill(1150, top + 268, 1246, top + 364)
    sheet.text(1198, top + 254, "Old Quay Imaging", 27, bold=True, at="m")
    for line in range(3):
        for x in range(LEFT + 40 + line * 30, RIGHT - 60, 120):
            sheet.rule(top + 480 + line * 26, x, x + 56, 3)
    sheet.box(220, top + 250, 500, top + 364, 3)
    sheet.text(360, top + 318, "Parking", 30, at="m")
    sheet.text(655, top + 60, "N", 34, bold=True, at="m")


def elm_court_note() -> PracticeFax:
    sheet = Sheet(skew=0.55, specks=34)
    sheet.text(LEFT, 210, "Elm Court Care Home", 44, bold=True)
    sheet.text(RIGHT, 210, "Night desk  +1 206 555 0140", 28, at="r")
    sheet.rule(230, weight=3)
    sheet.text(LEFT, 300, "MESSAGE FOR THE DOCTOR", 34, bold=True)
    for label, words, y in (
        ("To", "Dr. Olsen, Lakeside", 390),
        ("From", "Nurse Bea Hollis, 2nd floor", 480),
        ("Resident", "Mr. Albert Finch, room 214", 570),
        ("Date, time", "Nov 23, 5:50 am", 660),
    ):
        sheet.text(LEFT, y, label, 28)
        sheet.rule(y + 10, 360, RIGHT, 2)
        sheet.write(390, y - 4, words, 4.2, 5)
    lines = (
        "Slept badly, up 4 times. Pulse 96,",
        "BP 158/92, temp 37.9, no pain.",
        "Ankles more swollen than Friday.",
        "Weight 81.4 kg (+1.9 since Mon).",
        "",
        "Took all his tablets last night.",
        "May we give an extra water tablet?",
        "Can you come by before 12:00, or",
        "call me: 206 555 0140 until 7,",
        "then ask for Tom.",
    )
    for number, words in enumerate(lines):
        y = 800 + number * 104
        sheet.rule(y + 12, LEFT, RIGHT, 1.5)
        sheet.write(LEFT + 30, y, words, 4.6, 5.2)
    sheet.sign(980, 1930, "Bea Hollis", 5.2)
    sheet.text(LEFT, 2050, "Answer of the doctor (fax back to +1 206 555 0141):", 28)
    sheet.rule(2100, LEFT, RIGHT, 2)
    return PracticeFax(
        file="11-elm-court-note.pdf",
        sender="+12065550141",
        name="Elm Court Care Home",
        receiver=FRONT_DESK,
        header="NOV. 23. 2026  5:58AM   ELM COURT 2ND FLOOR                        NO. 318   P. {page}",
        sheets=(sheet,),
    )
