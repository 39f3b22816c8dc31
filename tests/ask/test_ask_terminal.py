"""A real session at a terminal: answers, not known yet, cannot be known, back, interrupt, and the file written."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interviewing import HUAWEI

if TYPE_CHECKING:
    from collections.abc import Sequence

pexpect = pytest.importorskip("pexpect", reason="a terminal is driven by pexpect")
pytestmark = pytest.mark.terminal

LICET = Path(sys.executable).with_name("licet")
COLORS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
PROMPT = "  > "
AS_OF = ("--as-of", "2019-06-30")
TO_HUAWEI = ("export", "export", "commodity", HUAWEI, "no", "3, 4", "none", "none")
WIDTH = 110
PRESSES = 4


def _heed_ctrl_c() -> None:
    """Undo what a shell does to what it starts in the background: there the signal of Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A session of `licet ask`, and all that it has printed."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        command = [str(LICET), "ask", *arguments]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            encoding="utf-8",
            timeout=60,
            dimensions=(50, WIDTH),
            cwd=str(cwd),
            echo=False,
            preexec_fn=_heed_ctrl_c,
        )
        self.printed = ""
        self.wait()

    def wait(self) -> str:
        """Wait for the next question, and return what was printed before it."""
        self.child.expect_exact(PROMPT)
        return self.keep(self.child.before)

    def keep(self, text: str) -> str:
        plain = COLORS.sub("", text).replace("\r", "")
        self.printed += plain
        return plain

    def say(self, *lines: str) -> str:
        """Type lines one after the other, each at its own question, and return what the last one brought."""
        shown = ""
        for line in lines:
            self.child.sendline(line)
            shown = self.wait()
        return shown

    def interrupt(self) -> str:
        """Press Ctrl-C and wait for the next question."""
        self.press_ctrl_c(PROMPT)
        return self.keep(self.child.before)

    def press_ctrl_c(self, awaited: object) -> None:
        """Press Ctrl-C until it is heard: Python loses it in the moment between a prompt and the waiting for a key."""
        for _ in range(PRESSES):
            self.child.sendintr()
            if (
                self.child.expect([re.escape(awaited) if isinstance(awaited, str) else awaited, pexpect.TIMEOUT], 10)
                == 0
            ):
                return
        pytest.fail("Ctrl-C is not heard")

    def leave(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.press_ctrl_c(pexpect.EOF)
        return self.closed()

    def finish(self, *lines: str) -> int:
        """Type the last lines and return the exit code."""
        for line in lines[:-1]:
            self.child.sendline(line)
            self.wait()
        if lines:
            self.child.sendline(lines[-1])
        self.child.expect(pexpect.EOF)
        return self.closed()

    def closed(self) -> int:
        self.keep(self.child.before)
        self.child.close()
        code: int = self.child.exitstatus
        return code


def asked(shown: str) -> str:
    """Return the path of the question that was shown last."""
    found = re.findall(r"^ +\d+  .* {2,}(\S+)$", shown, re.MULTILINE)
    return str(found[-1]) if found else ""


def digest_shown(shown: str) -> str:
    found = re.search(r"digest +([0-9a-f]{16})", shown)
    assert found is not None, shown
    return found[1]


def checked(arguments: Sequence[str]) -> str:
    done = subprocess.run(
        [str(LICET), "check", *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Terminal, Path, dict[str, str]]:
    """Go through one interview as people do: with slips, doubts, and a step back; keep what each step showed."""
    folder = tmp_path_factory.mktemp("ask")
    terminal, shown = Terminal(*AS_OF, "-o", "act.yaml", cwd=folder), {}
    shown["opening"] = terminal.printed
    shown["slip"] = terminal.say("exprot")
    shown["role"] = terminal.say(*TO_HUAWEI[:5])
    shown["after role"] = terminal.say(*TO_HUAWEI[5:])
    shown["help"] = terminal.say("?")
    shown["put off"] = terminal.say("not known yet")
    shown["back"] = terminal.say("back")
    shown["unknowable"] = terminal.say("cannot be known")
    shown["purpose"] = terminal.say("1")
    shown["stated"] = terminal.say("items[0].eccn = EAR99")
    shown["now"] = terminal.say("now")
    shown["parties"] = terminal.say("no")
    shown["second"] = terminal.say("Acme GmbH")
    shown["end"] = terminal.say("-")
    shown["code"] = str(terminal.finish(""))
    return terminal, folder, shown


def test_a_session_ends_well(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, folder, shown = session
    assert shown["code"] == "0"
    assert (folder / "act.yaml").exists()


def test_the_file_gives_the_digest_that_the_end_showed(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, folder, shown = session
    assert digest_shown(checked([str(folder / "act.yaml"), *AS_OF])) == digest_shown(shown["end"])
    first = (folder / "act.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert digest_shown(shown["end"]) in first


def test_every_line_fits_a_terminal(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    terminal, _, _ = session
    assert [line for line in terminal.printed.splitlines() if len(line) > WIDTH] == []


def test_a_slip_is_named_with_the_nearest_word_and_asked_again(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert 'did you mean "export"?' in shown["slip"]
    assert asked(shown["slip"]) == ""
    assert asked(shown["role"]) == "parties[0].role"


def test_a_question_says_why_and_what_each_answer_would_do(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert "role of a party · 15 CFR 748.5, 772.1" in shown["role"]
    assert "(8) Entity List" in shown["role"]
    assert "4 end_user" in shown["role"]
    assert re.search(r"end_user.* → AUTHORIZED … LICENSE REQUIRED", " ".join(shown["role"].split()))


def test_the_savings_clause_is_told_for_its_ground(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert asked(shown["after role"]) == "dates.en_route_since"
    assert "asked by (12) Savings clause of the listing" in shown["after role"]
    assert "on or before 2019-05-16 → AUTHORIZED" in shown["after role"]


def test_help_shows_what_the_fact_means_and_asks_again(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert "A savings clause asks where it was on one day." in shown["help"]
    assert "Allowed: a day such as 2019-05-16, none." in shown["help"]


def test_back_asks_the_same_again(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert asked(shown["put off"]) == "purpose"
    assert asked(shown["back"]) == "dates.en_route_since"


def test_what_cannot_be_known_is_written_and_what_is_not_known_yet_is_not(
    session: tuple[Terminal, Path, dict[str, str]],
) -> None:
    _, folder, shown = session
    text = (folder / "act.yaml").read_text(encoding="utf-8")
    assert "en_route_since: undeterminable" in text
    assert "parties_complete" not in text
    assert "not known yet: parties_complete" in shown["end"]
    assert "cannot be known: dates.en_route_since" in shown["end"]


def test_another_party_is_asked_about(session: tuple[Terminal, Path, dict[str, str]]) -> None:
    _, _, shown = session
    assert asked(shown["second"]) == "parties_complete"
    assert asked(shown["parties"]) == "parties[1].name"
    assert "LICENSE REQUIRED" in shown["now"]


# -- interrupt, files


def test_an_interrupt_offers_to_save_what_is_there(tmp_path: Path) -> None:
    terminal = Terminal(*AS_OF, "-o", "part.yaml", cwd=tmp_path)
    terminal.say(*TO_HUAWEI)
    assert "Save what is there to part.yaml? yes or no" in terminal.interrupt()
    assert terminal.finish("yes") == 130
    assert "ultimate_consignee" in (tmp_path / "part.yaml").read_text(encoding="utf-8")
    # What was saved goes on where it stopped, and is written over by the one who names it twice.
    again = Terminal("part.yaml", *AS_OF, "-o", "part.yaml", cwd=tmp_path)
    assert asked(again.printed) == "dates.en_route_since"
    assert again.finish("none", "1", "-", "") == 0
    assert "en_route_since: none" in (tmp_path / "part.yaml").read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [tmp_path / "part.yaml"]


def test_an_interrupt_may_save_nothing(tmp_path: Path) -> None:
    terminal = Terminal(*AS_OF, "-o", "part.yaml", cwd=tmp_path)
    terminal.say(*TO_HUAWEI)
    terminal.interrupt()
    assert terminal.finish("no") == 130
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_asks_for_a_name_where_none_was_given(tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("kind: export\n", encoding="utf-8")
    terminal = Terminal(*AS_OF, cwd=tmp_path)
    terminal.say(*TO_HUAWEI[:2])
    assert "File for what is there" in terminal.interrupt()
    assert "exists already" in terminal.say("there.yaml")
    assert "directory that does not exist" in terminal.say("nowhere/part.yaml")
    assert terminal.finish("part.yaml") == 130
    assert (tmp_path / "there.yaml").read_text(encoding="utf-8") == "kind: export\n"
    assert "activity: export" in (tmp_path / "part.yaml").read_text(encoding="utf-8")


def test_an_interrupt_before_the_first_answer_saves_nothing(tmp_path: Path) -> None:
    assert Terminal(*AS_OF, cwd=tmp_path).leave() == 130


def test_two_interrupts_leave_at_once(tmp_path: Path) -> None:
    terminal = Terminal(*AS_OF, cwd=tmp_path)
    terminal.say(*TO_HUAWEI[:2])
    terminal.interrupt()
    assert terminal.leave() == 130
    assert "Traceback" not in terminal.printed


def test_without_a_file_the_name_is_asked_at_the_end(tmp_path: Path) -> None:
    terminal = Terminal(*AS_OF, cwd=tmp_path)
    end = terminal.say("export", "payment")
    assert "NOT SUBJECT" in end
    assert "File for the act" in terminal.say("")
    assert terminal.finish("payment.yaml") == 0
    assert digest_shown(checked([str(tmp_path / "payment.yaml"), *AS_OF])) == digest_shown(end)


def test_an_empty_line_is_no_answer(tmp_path: Path) -> None:
    terminal = Terminal(*AS_OF, cwd=tmp_path)
    assert "`-` says that it is not known yet" in terminal.say("")
    assert "nothing to take back" in terminal.say("back")
    assert terminal.finish("export", "payment", "", "") == 0
    assert list(tmp_path.iterdir()) == []


# -- without a terminal


def run_ask(arguments: Sequence[str], typed: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LICET), "ask", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
    )


def test_answers_may_come_from_a_pipe(tmp_path: Path) -> None:
    done = run_ask([*AS_OF, "-o", "act.yaml"], "export\npayment\n\n", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert (tmp_path / "act.yaml").exists()


def test_where_the_input_ends_a_file_that_was_named_is_written(tmp_path: Path) -> None:
    done = run_ask([*AS_OF, "-o", "act.yaml"], "export\nexport\n", tmp_path)
    assert done.returncode == 130
    assert "The input has ended before the interview." in done.stdout
    assert "activity: export" in (tmp_path / "act.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "reads its answers from standard input"),
        (["missing.yaml"], "cannot be read"),
        (["-o", "there.yaml"], "exists already"),
        (["-o", "nowhere/act.yaml"], "directory that does not exist"),
        (["--as-of", "2019-02-30"], "no day of the calendar"),
        (["there.yaml", "--as-of", "2017-06-30"], "that is no clearance"),
    ],
)
def test_bad_input_is_refused_before_anything_is_asked(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("kind: export\n", encoding="utf-8")
    done = run_ask(arguments, "", tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
