def test_smoke(person):
    person.learn(111)
    assert person.session.snapshot.iteration == 111


def test_smoke2(person):
    person.enter_setting("noise", "0.5")
    assert person.session.config.noise == 0.5
