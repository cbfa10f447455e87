from hub.launch.patience import Patience


def test_each_death_doubles_the_wait():
    patience = Patience(settled=True)

    waits = [patience.wait_after(0.1, now=moment) for moment in (0.0, 10.0, 20.0)]

    assert waits == [0.5, 1.0, 2.0]


def test_nobody_waits_longer_than_half_a_minute():
    patience = Patience(settled=True)

    waits = [patience.wait_after(0.1, now=float(moment)) for moment in range(20)]

    assert waits[-1] == 30.0


def test_a_child_that_dies_five_times_at_its_start_is_given_up():
    patience = Patience()

    waits = [patience.wait_after(0.1, now=float(moment)) for moment in range(5)]

    assert waits == [0.5, 1.0, 2.0, 4.0, None]


def test_five_deaths_over_a_longer_time_are_borne():
    patience = Patience()

    waits = [patience.wait_after(0.1, now=moment * 10.0) for moment in range(5)]

    assert None not in waits


def test_a_child_that_has_worked_is_never_given_up():
    patience = Patience()
    patience.wait_after(31.0, now=100.0)

    waits = [patience.wait_after(0.1, now=100.0 + moment) for moment in range(10)]

    assert None not in waits


def test_having_worked_again_makes_the_next_wait_short():
    patience = Patience(settled=True)
    for moment in range(6):
        patience.wait_after(0.1, now=float(moment))

    assert patience.wait_after(45.0, now=60.0) == 0.5
