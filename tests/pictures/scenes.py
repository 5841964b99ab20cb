"""The scenes, as a person would be told what to do: a line is what one does, and `->` the picture that is taken then.

A scene begins with its name, the run that it opens (``new``: none) and what it shows. The steps of a line have `;`
between; each one is a method of the `Visitor`, with its words. ``show`` says what is on the next pictures: a widget, or
the ``window``. The last step of a line may be ``open``, before one that opens a dialog or a menu: the picture is of
that, what stands indented below happens in it, and it is closed again. ``for X in a b`` plays what stands below it for
each word in place of X. Where a step goes through several states, there is a picture of each: ``*`` in its name becomes
the state's words, ``#`` its number, ``##`` its number in two digits.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

TEXT = """
first new: What a person sees who has never been here: the card, a new run, and the question whether to save it.
    wait_for_window; find welcome; pause_at_start; hide_status -> window
    learn 100; open choose file.new -> unsaved

finished new: A run that has come to its end by itself: at its goal, or where its numbers ran away.
    wait_for_window; wait status.state Finished|Stopped; show advice -> advice
    hide_what_remembers; show window -> window

paused heart: A run that is paused, in windows of several sizes.
    -> usual
    for SIZE in small wide large
        size SIZE -> SIZE

menus heart: Every menu of the menu bar, and the menus in them; some also after a step.
    see_menus *
    learn 100; press timeline Home; wait status.iteration "looking back"; see_menus *-later file edit time

looks heart: The canvas in every look, with axes; the window in every theme.
    check view.axes; show canvas; each_action look -> *
    show window; each_action theme -> *

view heart: The window without what can be hidden, and the canvas from near and far.
    show canvas
    for NAME in target trail
        uncheck view.NAME -> without-NAME
        check view.NAME
    choose view.zoom_in view.zoom_in -> near
    choose view.show_all view.zoom_out -> far
    choose view.show_all; uncheck view.log_time view.curves
    uncheck dock.settings dock.network dock.maths dock.jacobians dock.exercise; show window -> bare
    choose view.reset -> reset

views heart: Each of the four views as a new user finds it, in several sizes; second panes; the presentation.
    for VIEW in watch play understand exercise
        size usual; choose view.VIEW; reset_view -> VIEW
        for SIZE in small wide large
            size SIZE; reset_view -> VIEW-SIZE
    size usual; choose view.watch; reset_view
    for PANE in network maths cost none
        choose watch.pane.PANE; linger -> beside-PANE
    choose view.full_screen; linger -> presentation

past heart: Looking back, with the timeline, to the best, and on from there.
    press timeline PageDown PageDown; wait status.iteration "looking back" -> earlier
    point timeline 250 40; show timeline -> pointed-at
    choose time.best; show window -> best

focus heart: What shows where the keys go, on one of each kind of thing that takes them.
    size large; click settings.more
    for NAME in run button.run.step button.curve.draw curves.list editor.aggression slider.aggression editor.activation
        focus NAME -> NAME
    for NAME in layer.add settings.more timeline canvas network.diagram
        focus NAME -> NAME

overlays learnt: Where one points at the fit; errors, pulls, the error along t, each and all; the fit without a neuron.
    point canvas 0.168 0.405; show canvas -> pointed-at
    take_pointer_away
    for NAME in residuals pulls
        check view.NAME -> NAME
        uncheck view.NAME
    check view.errors; linger; show error_plot -> errors
    press error_plot Right Right Shift+Right Shift+Right; linger -> errors-brushed
    check view.residuals view.pulls; show window -> all
    press network.diagram Right Right M; show canvas -> muted
    point error_plot 0.4 0.5; linger; show error_plot -> errors-pointed-at

brushing learnt: Which neurons draw a stretch: the hint, the stretch, and the bars in the network.
    check inspect.brush; show canvas -> hint
    drag canvas 0.168,0.405 0.20,0.30 0.25,0.24 0.337,0.2135; hush; linger -> stretch
    alone network -> network

reshaping learnt: Dragging the curve: the hint, the brush under the pointer, the hand that pulls, what becomes of it.
    check curve.reshape; show canvas -> hint
    point canvas 0.337 0.2135 -> over
    pull canvas 0.337,0.2135 0.30,0.10 0.33,0.07 -> pulling
    drag canvas 0.33,0.07; press canvas Escape; show window -> reshaped

drawing heart: Drawing a curve: the paper, the stroke, and what is learnt then.
    hide_what_remembers; check curve.draw; show canvas -> paper
    pull canvas 0.3,0.7 0.4,0.3 0.5,0.6 0.6,0.3 0.7,0.7 -> stroke
    press canvas Escape; drag canvas 0.3,0.7 0.4,0.3 0.5,0.6 0.6,0.3 0.7,0.7; wait_unchecked curve.draw
    pause_at_start; hush; show window -> drawn

gallery heart: The gallery: the dialog that chooses its curves, and the stage at the beginning of the first one.
    open choose gallery.choose -> choose
    check view.reduced_motion; open choose gallery.start
        see_moving stage

listening learnt: Listening to the fit: what is said of the keys, a point, the largest error, and how a run stands.
    check hear.curve; show status -> keys
    press canvas Right Right -> a-point
    press canvas X; show window -> largest-error
    uncheck hear.curve; choose help.summary; show status -> how-it-stands

settings heart: All settings, with each optimiser and schedule, with refusals, lists dropped down, and many layers.
    size tall; dock settings -> usual
    click settings.more -> more
    show_page dock.settings editor.optimizer; each_line editor.optimizer 1 -> optimiser-*
    pick_line editor.optimizer 0; pick editor.schedule Cosine
    enter editor.aggression 2e9; enter editor.points abc; enter editor.seed -1; enter editor.stop_cost 0.001
    show dock.settings -> refusals
    click layer.add layer.add layer.add; enter editor.hidden.0 12 -> layers
    for NAME in activation optimizer
        open drop_down editor.NAME -> list-NAME

runs heart: Runs of all kinds: what the line under the canvas says, its details, and what their networks look like.
    for RUN in learnt usual saturated still vanishing small plateau star
        load RUN; show advice -> RUN-advice
        dock network -> RUN-network
    load saturated; click advice.details; show window -> details
    open click advice.why -> why
    size small; linger -> tight

network heart: The network: with a neuron and a weight selected, muted, soloed, frozen, and set.
    alone network -> usual
    point network.diagram 0.3 0.5 -> pointed-at
    press network.diagram Right Down -> neuron
    press network.diagram M -> muted
    click network.unmute_all; press network.diagram S K -> solo-and-frozen
    press network.diagram Return Down -> weight
    enter network.value 1.5; wait network.sum 1.500 -> set

maths heart: The chain rule: of a weight, at a point and on average, step by step, beside the network.
    size tall; alone maths -> usual
    show_page dock.maths maths.heading -> all
    pick_line maths.point 0 -> average
    pick_line maths.point 31; each_line maths.matrix -> matrix-#
    show dock.maths; each_click maths.on 8 -> step-##
    click maths.network; linger; show window -> beside-the-network

jacobians heart: The Jacobians: in each scale, with an entry that is pointed at, and one that is selected.
    alone jacobians -> usual
    for NAME in small common
        click jacobians.NAME -> NAME
    point jacobians.maps 0.3 0.5 -> pointed-at
    press jacobians.maps Right Right Down Return -> selected
    load plateau -> without-noise

fourier learnt: The Fourier series: all its circles on the canvas, few of them, and a curve with corners.
    check view.reduced_motion; alone fourier; linger -> all-circles
    show window -> on-the-canvas
    set_value fourier.circles 3; linger; show dock.fourier -> three-circles
    set_value fourier.t 30; show canvas -> turned

morph learnt: The morph: without a curve, with its keyframes, and on the way from one to the next.
    alone morph -> empty
    for LINE in -1 -2 -3
        activate_line morph.choice LINE; linger
    -> keyframes
    set_value morph.position half; linger; hush; show window -> on-the-way

exercise heart: The exercise: without a file, the question whether to run one, and the verdicts.
    alone exercise -> empty
    open drop jacobians.py -> question
        click once
    wait_enabled exercise.again; show dock.exercise -> verdicts

puzzle heart: A function put together: to read, with a line missing, and empty; lines that were checked, and a hint.
    open choose exercise.puzzle -> to-read
        click puzzle.next -> one-missing
        click puzzle.next puzzle.next; press puzzle.lines Return Return; click puzzle.check -> checked
        click puzzle.hint -> hint

favourites heart: The favourites: none, some, their menu, two compared, a contact sheet, a search, a name, a deletion.
    alone favourites -> none
    for RUN in learnt small star
        load RUN; choose favourite.keep; wait_for_message "Saved to favourites"; hush
    -> some
    open click favourites.more -> menu-of-one
    select favourites.list 0 1 -> two
    open click favourites.more -> menu-of-two
    for NAME in compare sheet
        open click favourites.more
            open trigger favourites.do.NAME -> NAME
                each_button compare.beside -> NAME-beside
    fill favourites.search "nothing like it" -> not-found
    set_text favourites.search ""; select favourites.list 2; press favourites.list F2 -> naming
    press favourites.name Escape; wait_gone favourites.name; press favourites.list Delete
    wait favourites.said Deleted -> deleted

wall heart: A wall of seeds, and one of aggressions, at their ends.
    open choose wall.open
        click wall.pause; fill wall.count 6; fill wall.iterations 200; click wall.begin
        wait wall.spread "6 networks at iteration 200" -> seeds
        press wall.grid Right Right -> one-of-them
        click wall.by_cost -> by-cost
        pick wall.varied Aggression; fill wall.count 0 -> refused

sweep star: A sweep: what is asked for, what is wrong with it, and the results.
    open choose run.sweep -> asked
        fill sweep.values_2 "0, much" -> wrong
        fill sweep.values_2 "0, 1"; fill sweep.values_1 "1, 7"; set_value sweep.iterations 200; set_value sweep.seeds 1
        click sweep.begin; wait sweep.words "4 of 4 runs"; wait_enabled sweep.open -> results

picture learnt: The dialog that saves a picture: each format, without some of it, and copied.
    open choose picture.save
        each_line picture.format -> *
        pick picture.look Light; click picture.trail picture.axes picture.caption -> other
        pick picture.format PNG; click picture.copy -> copied
        open click picture.save -> file

poster learnt: The dialog that saves a poster or a card: each layout, and as ink on paper.
    open choose poster.save
        for KEY in layout palette paper ending
            each_line poster.KEY 1 -> KEY-#
        click poster.target poster.fit -> other

film learnt: The dialog that saves a film: each format, and another look; its preview stands still with reduced motion.
    check view.reduced_motion; open choose film.save
        each_line film.format -> format-#
        pick film.look Dark; click film.trail film.axes film.caption -> other
        open click film.save -> file

files heart: Every dialog in which a file is chosen; what a drop would do; what the status bar says in passing.
    for ID in file.open file.save_as data.save curve.import curve.save_points exercise.new exercise.open help.lesson
        open choose ID -> ID
    for NAME in heart.curvegui points.csv jacobians.py
        carry NAME; show drop_sign -> drop-NAME
    hide drop_sign; show status
    choose run.copy_text; wait_for_message clipboard -> run.copy_text
    choose picture.copy; wait_for_message Copied -> picture.copy
    choose favourite.keep; wait_for_message favourite -> favourite.keep
    copy "This is no run."; open choose run.paste -> paste

curves heart: The dialogs that bring a curve in: a drawing, tables, a picture, a word, formulas, and what can be wrong.
    for NAME in drawing.svg points.csv no-points.csv ellipse.png
        open drop NAME
            wait_for_curve; go_to_first_lines -> NAME
    open drop drawing.svg
        wait_enabled outlines.none; go_to_first_lines; click outlines.none -> no-outlines
        click outlines.all outlines.shortest -> in-order
    open choose curve.text -> text-first
        click text.bold; set_text text.word "Curve & co" -> text-bold
        set_text text.word "a\ue000b" -> text-missing
        set_text text.word "" -> text-nothing
        set_text text.word yes; fill curve.points 0 -> text-refused
    open choose curve.formula -> formula-first
        set_text formula.x "cos(5 pi t)"; set_text formula.y t^2 -> formula-other
        set_text formula.x 2*(t; set_text formula.y sinus(t) -> formula-wrong
        set_text formula.x 1/(t-0,5); set_text formula.y t -> formula-no-value
        open pop_up formula.examples -> formula-examples

rail heart: The rail of curves: with one of one's own, reached by keys, scrolled to its end, and its menu.
    open choose curve.text
        wait_for_curve; click curve.learn
    pause_at_start; hush; show curves -> own
    open context_menu curves.list -> menu
    press curves.list End -> end

questions heart: Whether to save, to go back, to replace: each question about a run with changes.
    open choose file.save_as
        name_file mine.curvegui
    wait_for_message Saved; learn 100; hush -> changed
    for NAME in new revert
        open choose file.NAME -> NAME
    open choose app.quit -> unsaved-at-the-end
    overwrite mine.curvegui; open choose file.save -> found-changed
    open choose file.save_as
        open name_file learnt.curvegui -> existing

troubles heart: What is said of a file that is none, of a file that is gone, and of an error that nobody expects.
    open drop broken.curvegui -> broken
    open choose file.save_as
        name_file gone.curvegui
    wait_for_message Saved; delete gone.curvegui; hush; open open_recent gone.curvegui -> gone
    open fail_in_thread -> unexpected

recovery new: The copies that a crash has left, the question before they are discarded, and one that is brought back.
    wait_for_window; show recovery -> offer
    open click recovery.discard -> discard
    click recovery.bring_back; wait_for_iteration 500; hide_what_remembers; show window -> brought-back

guide heart: The guide at some of its chapters, the keys, what the app is, the preferences, and the experiments.
    open choose help.guide
        for ROW in 0 2 5 9
            go_to_row guide.chapters ROW -> chapter-ROW
    for ID in help.keys help.about app.preferences help.experiments
        open choose ID -> ID

tour learnt: Every step of the tour, and the list of them.
    for NAME in maths jacobians network
        dock NAME
    choose help.tour; show window; each_tour_step -> step-##
    open pop_up tour.steps -> steps
    open click tour.next -> restore
    reset_view -> finished

lesson heart: A lesson of one's own, and one with mistakes.
    open choose help.lesson
        name_file lesson.md
    find tour.next; reset_view -> lesson
    open click tour.leave -> leave
    hush; open choose help.lesson
        open name_file no-lesson.md -> mistakes

docs-window usual: The window, the chain rule, the valley, and a word, with a run that has learnt most of the heart.
    size usual -> window
    open choose curve.text
        set_word Anna -> word
    choose view.understand; reset_view; pick maths.matrix W2; pick_line maths.point 31 -> maths
    dock valley; wait valley.state Lowest -> valley

docs-drawing heart: A shape that somebody has drawn, and how far the network has come with it.
    size usual; check curve.draw; drag canvas 0.16,0.30 0.30,0.46 0.45,0.32 0.62,0.27 0.80,0.38 0.86,0.50 0.80,0.62 \
0.62,0.73 0.45,0.68 0.30,0.54 0.16,0.70 0.20,0.50 0.16,0.31; wait_unchecked curve.draw
    pause_at_start; learn 6000; hush -> drawing

docs-wall heart: A wall along the aggression.
    open choose wall.open
        click wall.pause; pick wall.varied Aggression; fill wall.count 16; fill wall.iterations 3000; click wall.begin
        wait wall.spread "16 networks at iteration 3,000" -> wall
"""

ARGUMENTS = {"finished": ("--iterations", "200", "--speed", "0")}  # for the app
PREFERENCES = {"first": {"tour": ""}}
HEART = [  # how the run that most begin with is made, in the window
    "wait_for_window; pause_at_start; learn 400; open choose file.save_as", "    name_file heart.curvegui",
    "wait_for_message Saved",
]  # fmt: skip
BEFORE = {"recovery": ["learn 100"]}  # in another start of the app, with the heart, which is ended then as by a crash


def blocks(rows: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each line with those that stand indented below it."""
    depth = min((len(row) - len(row.lstrip()) for row in rows), default=0)
    starts = [number for number, row in enumerate(rows) if row[depth] != " "]
    for start, end in pairwise([*starts, len(rows)]):
        yield rows[start].strip(), rows[start + 1 : end]


SCENES = {line.split()[0]: (line, rows) for line, rows in blocks([row for row in TEXT.splitlines() if row])}
