"""Submissions are collected from what Moodle and Canvas pack, under the right names and times."""

import struct
import zipfile
from datetime import UTC, datetime

import pytest
from conftest import HW02
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.collect import CollectError, collect
from autograder.classroom.roster import Kind, RosterError, read_roster, safe_name

SOLVED = f"{HW02}_solved.ipynb"

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4710),Homework 2 (4711),Current Score
    Points Possible,,,,,30.00,30.00,(read only)
"Lovelace, Ada",101,S1,ada,Group A,28.00,,93.3
"Novák, Jan",102,S2,jnovak,Group A,,,
"Novák, Jan",103,S3,jnovak2,Group B,,,
"Student, Test",,,,Group A,,,
"""
WORKSHEET = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 501","Ada Lovelace",ada@x.edu,"Submitted for grading",,30.00,Yes,\
"Sunday, 29 November 2026, 2:14 PM",-,
"Participant 502","Jan Novák",jan@x.edu,"Submitted for grading",,30.00,Yes,-,-,
"Participant 503","Jan Novák",jan.novak@x.edu,"No submission",,30.00,Yes,-,-,
"""


def pack(path, files, flag=True):
    """Write a zip; without the flag as a program does that writes UTF-8 and does not say so."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 29, 10, 0, 0)), text)
    if not flag:
        clear_utf8_flag(path)
    return path


def clear_utf8_flag(path):
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            (bits,) = struct.unpack_from("<H", data, start + offset)
            struct.pack_into("<H", data, start + offset, bits & ~0x800)
            start = data.find(mark, start + 4)
    path.write_bytes(data)


def roster_of(tmp_path, text):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def collected(root):
    """Return the text of each collected notebook by student."""
    found = (root / "submitted").glob(f"*/{HW02}/{HW02}.ipynb")
    return {path.parent.parent.name: path.read_text() for path in found}


def timestamp(root, student):
    folder = root / "submitted" / student / HW02
    return CourseDirectory().get_existing_timestamp(str(folder))


MOODLE = {
    f"Ada Lovelace_501_assignsubmission_file_/{SOLVED}": "ada",
    "Ada Lovelace_501_assignsubmission_onlinetext_/onlinetext.html": "<p>see the file</p>",
    f"Jan Novák_502_assignsubmission_file_/{SOLVED}": "jan",
    f"Jan Novák_503_assignsubmission_file_/mine/{HW02}.ipynb": "the other jan",
    f"__MACOSX/Ada Lovelace_501_assignsubmission_file_/._{SOLVED}": "junk",
}


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("folders", [True, False])
def test_moodle_with_and_without_folders(tmp_path, folders, flag):
    names = MOODLE if folders else {n.replace("_/", "_").replace("/mine", ""): t
                                    for n, t in MOODLE.items()}  # fmt: skip
    names = {name.replace("_file_mine/", "_file_"): text for name, text in names.items()}
    download = pack(tmp_path / "download.zip", names, flag)
    assert collect(download, tmp_path, HW02) == [
        "Ada Lovelace_501", "Jan Novák_502", "Jan Novák_503",
    ]  # fmt: skip
    assert collected(tmp_path)["Jan Novák_503"] == "the other jan"


def test_moodle_unpacked_and_with_its_worksheet(tmp_path):
    with zipfile.ZipFile(pack(tmp_path / "download.zip", MOODLE)) as archive:
        archive.extractall(tmp_path / "unpacked" / "HW 2-1234")
    roster = roster_of(tmp_path, WORKSHEET)
    assert roster.kind is Kind.WORKSHEET
    collect(tmp_path / "unpacked", tmp_path, HW02, roster=roster)
    assert collected(tmp_path) == {
        "ada@x.edu": "ada", "jan@x.edu": "jan", "jan.novak@x.edu": "the other jan",
    }  # fmt: skip
    local = datetime(2026, 11, 29, 14, 14).astimezone(UTC).replace(tzinfo=None)
    assert timestamp(tmp_path, "ada@x.edu") == local
    assert timestamp(tmp_path, "jan@x.edu") is None


def test_who_was_collected_before_without_the_table_has_a_line(tmp_path):
    download = pack(tmp_path / "download.zip", MOODLE)
    collect(download, tmp_path, HW02)
    lines = []
    roster = roster_of(tmp_path, WORKSHEET)
    collect(download, tmp_path, HW02, roster=roster, say=lines.append)
    assert lines[0].startswith("ada@x.edu: collected before as Ada Lovelace_501: remove ")
    assert len(lines) == 3
    other = tmp_path / "at once"
    collect(download, other, HW02, roster=roster, say=lines.append)
    collect(download, other, HW02, roster=roster, say=lines.append)
    assert len(lines) == 3


def test_a_time_that_can_not_be_read_has_a_line(tmp_path):
    roster = roster_of(tmp_path, WORKSHEET.replace("29 November", "31 November"))
    download = pack(tmp_path / "download.zip", MOODLE)
    lines = []
    collect(download, tmp_path, HW02, roster=roster, say=lines.append)
    assert lines == [
        "ada@x.edu: the time 'Sunday, 31 November 2026, 2:14 PM' of the worksheet can't be read: "
        "not recorded"
    ]
    assert timestamp(tmp_path, "ada@x.edu") is None


def test_moodle_with_a_table_without_its_numbers(tmp_path):
    """Names decide where they can; of two namesakes nobody knows who is who."""
    roster = roster_of(
        tmp_path,
        "First name,Last name,ID number,Email address,Assignment: HW 2 (Real)\n"
        "Ada,Lovelace,7,ada@x.edu,-\nJan,Novák,8,jan@x.edu,-\nJan,Novák,9,jan.novak@x.edu,-\n",
    )
    lines = []
    download = pack(tmp_path / "download.zip", MOODLE)
    students = collect(download, tmp_path, HW02, roster=roster, say=lines.append)
    assert students == ["Jan Novák_502", "Jan Novák_503", "ada@x.edu"]
    assert lines == [
        f"Jan Novák_50{i}: not in the roster, or not certain who of it" for i in (2, 3)
    ]


CANVAS_FILES = {
    f"lovelaceada_101_9001_{HW02}_solved.ipynb": "ada's first",
    f"lovelaceada_101_9009_{HW02}_solved-2.ipynb": "ada's third",
    f"lovelaceada_101_9005_{HW02}_solved-1.ipynb": "ada's second",
    f"lovelaceada_101_9010_{HW02}.ipynb": "as released",
    "lovelaceada_101_9002_plot.png": "a picture",
    f"novákjan_LATE_102_9003_{SOLVED}": "jan",
    f"novákjan_103_9004_{SOLVED}": "the other jan",
}


def test_canvas_takes_the_newest_and_ids_decide(tmp_path):
    download = pack(tmp_path / "submissions.zip", CANVAS_FILES)
    collect(download, tmp_path, HW02)
    expected = {"ada's third", "jan", "the other jan"}
    assert set(collected(tmp_path)) == {"lovelaceada_101", "novákjan_102", "novákjan_103"}
    assert set(collected(tmp_path).values()) == expected
    other = tmp_path / "with roster"
    collect(download, other, HW02, roster=roster_of(tmp_path, CANVAS))
    assert collected(other) == {
        "ada": "ada's third", "jnovak": "jan", "jnovak2": "the other jan",
    }  # fmt: skip


def test_canvas_says_late_and_not_how_late(tmp_path):
    download = pack(tmp_path / "submissions.zip", CANVAS_FILES)
    lines = []
    collect(download, tmp_path, HW02, say=lines.append)
    assert timestamp(tmp_path, "novákjan_102") is None
    assert lines[-1].endswith("not recorded, because the gradebook has no due date")
    due = datetime(2026, 11, 28, 23, 59, tzinfo=UTC)
    collect(download, tmp_path, HW02, due=lambda: due, say=lines.append)
    assert timestamp(tmp_path, "novákjan_102") == datetime(2026, 11, 29, 0, 0) - (
        datetime(2026, 11, 29, 0, 0) - datetime(2026, 11, 28, 23, 59, 1)
    )
    assert timestamp(tmp_path, "novákjan_103") is None
    assert lines[-1].endswith("recorded as one second after the due date")


def test_anonymous_files_of_canvas(tmp_path):
    names = {f"anon_x4F2a_9001_{SOLVED}": "one", f"LATE_anon_Zz9_9002_{SOLVED}": "two"}
    collect(pack(tmp_path / "submissions.zip", names), tmp_path, HW02)
    assert collected(tmp_path) == {"anon_x4F2a": "one", "anon_Zz9": "two"}


def test_file_times_count_only_if_they_are_asked_for(tmp_path):
    download = pack(tmp_path / "download.zip", MOODLE)
    collect(download, tmp_path, HW02)
    assert timestamp(tmp_path, "Ada Lovelace_501") is None
    collect(download, tmp_path, HW02, file_times=True)
    local = datetime(2026, 11, 29, 10).astimezone(UTC).replace(tzinfo=None)
    assert timestamp(tmp_path, "Ada Lovelace_501") == local


def test_nbgraders_own_timestamp_is_kept(tmp_path):
    folder = tmp_path / "from" / "ada" / HW02
    folder.mkdir(parents=True)
    (folder / f"{HW02}.ipynb").write_text("ada")
    (folder / "timestamp.txt").write_text("2026-11-29 12:00:00 UTC\n")
    collect(tmp_path / "from", tmp_path, HW02)
    assert timestamp(tmp_path, "ada") == datetime(2026, 11, 29, 12)
    (folder / "timestamp.txt").write_text("yesterday or so")
    collect(tmp_path / "from", tmp_path, HW02)
    assert timestamp(tmp_path, "ada") is None


def test_a_time_that_a_student_uploads_tells_nothing(tmp_path):
    """Moodle and Canvas pack all files that were handed in, under the names that they had."""
    early = "2026-11-01 12:00:00 UTC\n"
    moodle = MOODLE | {
        "Jan Novák_502_assignsubmission_file_/timestamp.txt": early,
        "Ada Lovelace_501_assignsubmission_file_/timestamp.txt": early,
    }
    roster = roster_of(tmp_path, WORKSHEET)
    collect(pack(tmp_path / "moodle.zip", moodle), tmp_path, HW02, roster=roster)
    assert timestamp(tmp_path, "jan@x.edu") is None
    local = datetime(2026, 11, 29, 14, 14).astimezone(UTC).replace(tzinfo=None)
    assert timestamp(tmp_path, "ada@x.edu") == local
    canvas = CANVAS_FILES | {"novákjan_LATE_102_9100_timestamp.txt": early}
    collect(pack(tmp_path / "canvas.zip", canvas), tmp_path, HW02)
    assert timestamp(tmp_path, "novákjan_102") is None


def test_a_file_that_is_called_like_another_students_is_not_theirs(tmp_path):
    """Without folders Moodle puts its part of the name before the student's own."""
    names = {name.replace("_/", "_"): text for name, text in MOODLE.items()}
    newer = f"Ada Lovelace_501_assignsubmission_file_{HW02}_solved-9.ipynb"
    names[f"Jan Novák_502_assignsubmission_file_{newer}"] = "not ada's"
    download = pack(tmp_path / "download.zip", names)
    collect(download, tmp_path, HW02, roster=roster_of(tmp_path, WORKSHEET))
    assert collected(tmp_path)["ada@x.edu"] == "ada"
    assert collected(tmp_path)["jan@x.edu"] == "jan"


def test_files_called_like_a_platforms_do_not_make_folders_its_own(tmp_path):
    names = {f"{student}/{SOLVED}": student for student in ("ada", "jan", "mallory")}
    names |= {f"mallory/ada_1_{number}_{SOLVED}": "not ada's" for number in range(20)}
    names |= {f"mallory/ada_{number}_assignsubmission_file_/{SOLVED}": "x" for number in range(20)}
    assert collect(pack(tmp_path / "all.zip", names), tmp_path, HW02) == ["ada", "jan", "mallory"]
    assert collected(tmp_path)["ada"] == "ada"


def test_old_pcs_names_and_unlucky_ones(tmp_path):
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(f"Zoe Angstrom/{SOLVED}", "zoë")
        archive.writestr(f"Joerg [x]*/{SOLVED}", "jörg")
        archive.writestr(f"../../outside/{SOLVED}", "outside")
        archive.writestr(f"back\\slash_\\{SOLVED}", "windows")
    data = (tmp_path / "old.zip").read_bytes()
    # ë and Å of code page 437, where UTF-8 would be two bytes each
    data = data.replace(b"Zoe Angstrom", b"Zo\x89 \x8fngstrom")
    (tmp_path / "old.zip").write_bytes(data)
    students = collect(tmp_path / "old.zip", tmp_path / "deep" / "root", HW02)
    assert students == [safe_name("Joerg [x]*"), "Zoë Ångstrom", "back"]
    assert not (tmp_path / "outside").exists()


def test_what_can_not_be_taken_gets_a_line(tmp_path):
    files = {
        "A_1_assignsubmission_file_/work.zip": "PK",
        "B_2_assignsubmission_onlinetext_/onlinetext.html": "here",
        "C_3_assignsubmission_file_/mine.ipynb": "c",
        "D_4_assignsubmission_file_/one.ipynb": "d",
        "D_4_assignsubmission_file_/two.ipynb": "d",
        f"E_5_assignsubmission_file_/{SOLVED}": "e",
    }
    lines = []
    download = pack(tmp_path / "download.zip", files)
    data = bytearray(download.read_bytes())
    at = data.find(b"e", data.find(f"E_5_assignsubmission_file_/{SOLVED}".encode()) + 60)
    data[at : at + 1] = b"f"  # its checksum is another one now
    download.write_bytes(data)
    assert collect(download, tmp_path, HW02, say=lines.append) == ["C_3"]
    assert lines == [
        f"A_1: no notebook called {SOLVED}, but work.zip: "
        "unpack the zip into a folder of that student",
        f"B_2: no notebook called {SOLVED}, but onlinetext.html",
        "C_3: took mine.ipynb, the only notebook",
        f"D_4: no notebook called {SOLVED}, but one.ipynb, two.ipynb",
        f"E_5: {SOLVED} can't be read: Bad CRC-32 for file 'E_5_assignsubmission_file_/{SOLVED}'",
    ]
    assert not list((tmp_path / "submitted").glob("*/.*"))


def test_a_file_called_like_canvas_does_not_turn_folders_into_canvas(tmp_path):
    for student in ("ada", "jan"):
        folder = tmp_path / "from" / student
        folder.mkdir(parents=True)
        (folder / SOLVED).write_text(student)
    (tmp_path / "from" / "ada" / "data_10_20_values.csv").write_text("1")
    assert collect(tmp_path / "from", tmp_path, HW02) == ["ada", "jan"]


def test_the_folders_of_a_roster_of_ones_own(tmp_path):
    for name in ("ADA@x.edu", "Novák, Jan", "stranger"):
        folder = tmp_path / "from" / name
        folder.mkdir(parents=True)
        (folder / SOLVED).write_text(name)
    roster = roster_of(tmp_path, "student;name;email\nada;Ada L.;ada@x.edu\njan;Jan Novák;\n")
    lines = []
    assert collect(tmp_path / "from", tmp_path, HW02, roster=roster, say=lines.append) == [
        "ada", "jan", "stranger",
    ]  # fmt: skip
    assert lines == ["stranger: not in the roster, or not certain who of it"]


def test_links_are_not_followed(tmp_path):
    folder = tmp_path / "from" / "eve"
    folder.mkdir(parents=True)
    (tmp_path / "secret.ipynb").write_text("the instructor's")
    (folder / SOLVED).symlink_to(tmp_path / "secret.ipynb")
    (tmp_path / "from" / "mallory").symlink_to(tmp_path)
    with pytest.raises(CollectError, match="holds no <student>"):
        collect(tmp_path / "from", tmp_path, HW02)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "expected the columns of one of these"),
        ("student,name\nada,A\nada,B\n", "no column of student has a value of its own"),
    ],
)
def test_a_roster_that_is_none(tmp_path, text, says):
    with pytest.raises(RosterError, match=says):
        roster_of(tmp_path, text)


def test_a_roster_that_is_no_text(tmp_path):
    (tmp_path / "roster.csv").write_bytes("student\nJürgen\n".encode("latin-1"))
    with pytest.raises(RosterError, match="not text in UTF-8"):
        read_roster(tmp_path / "roster.csv")
    with pytest.raises(RosterError, match="can't be read: No such file"):
        read_roster(tmp_path / "nowhere.csv")


def test_names_fit_for_folders():
    assert safe_name("zoe\u0308 ångström") == "zoë ångström"
    assert safe_name(" ada") != safe_name("ada")
    assert safe_name("a/b*[c]?").startswith("a_b__c__-")
    assert safe_name("..").startswith("_-")
    assert safe_name("[ada]") != safe_name("*ada*")
