"""A process that saves is killed again and again: no acknowledged save is lost."""

from review.bench import kill


def test_every_acknowledged_save_survives_kills(engine, monkeypatch):
    monkeypatch.setattr(kill, "LONGEST_RUN", 5)
    outcome = kill.run(saves=12, seed=7)
    assert outcome.is_sound, outcome
    assert outcome.acknowledged >= 12
    assert outcome.kills >= 3
    assert outcome.events >= outcome.acknowledged
