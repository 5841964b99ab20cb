"""The timeline and the controls of a run: run, pause, step, reset, play back; begin with ``timeline.py``."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "Looking back"

STEPS = {  # the action, its tip, its button
    1: (mark("One iteration"), mark("Make one iteration, then pause"), mark("Step 1")),
    10: (mark("10 iterations"), mark("Make 10 iterations, then pause"), mark("Step 10")),
    100: (mark("100 iterations"), mark("Make 100 iterations, then pause"), mark("Step 100")),
    1_000: (mark("1,000 iterations"), mark("Make 1,000 iterations, then pause"), mark("Step 1,000")),
}
PAST = "Run/&Look back"  # the menu

FEATURE = Feature(
    "timeline",
    "curvegui.ui.timeline.actions:RunActions",
    starts=True,
    needs=("settings",),
    actions=(
        ActionRecord("edit.undo", "Edit", "&Undo", "Undo the last change, with the run that it replaced", "undo",
                     keys=(Key.Undo,), icon="undo", repeats=True, waits=True, toolbar=True),
        ActionRecord("edit.redo", "Edit", "&Redo", "Redo the change that was undone", "redo",
                     keys=(Key.Redo, "Ctrl+Shift+Z"), icon="redo", repeats=True, waits=True, toolbar=True),
        ActionRecord("run.toggle", "Run", "&Run", "Run or pause", "toggle", keys=("Space",), icon="play"),
        ActionRecord("run.finish", "Run", "&Finish",
                     "Continue with Levenberg-Marquardt, which jumps to the bottom; "
                     "afterwards the optimiser is as before", "finish", keys=("Ctrl+Shift+F",),
                     about=("setting.optimizer",)),
        *(
            ActionRecord(f"run.step_{count}", "Run/S&tep", words, tip, "step", (count,), keys=(f"Alt+{digit}",),
                         icon="step", short=short, repeats=True)
            for digit, (count, (words, tip, short)) in enumerate(STEPS.items(), 1)
        ),
        ActionRecord("run.reset", "Run", "R&eset", "Start again from the same seed; Undo returns to this run",
                     "reset", keys=("Ctrl+R",), icon="reset", separated=True),
        ActionRecord("run.new_seed", "Run", "Reset with a &new seed",
                     "Start again from other random weights; Undo returns to this run", "reset_with_new_seed",
                     keys=("Ctrl+Shift+R",), icon="dice", about=("setting.seed",)),
        ActionRecord("time.play", PAST, "Play &forwards", "Play the run from the playhead, at the chosen speed",
                     "play", (1,), keys=("L",), icon="play_forwards", checkable=True, group="time.play"),
        ActionRecord("time.play_back", PAST, "Play &backwards", "Play the run backwards from the playhead",
                     "play", (-1,), keys=("J",), icon="play_back", checkable=True, group="time.play"),
        ActionRecord("time.best", PAST, "Go to the b&est", "Look back at the iteration with the lowest cost",
                     "look_at_best", keys=("B",), icon="best", short="Best", separated=True),
        ActionRecord("time.now", PAST, "&Now", "See the run live again", "go_to_now", keys=("N",), icon="now",
                     short="Now"),
        ActionRecord("time.go_on", PAST, "&Go on from here",
                     "Continue from the iteration that is shown; Undo returns to the current run", "go_on_from_here",
                     keys=("G",), icon="branch", short="Go on"),
    ),
)  # fmt: skip
