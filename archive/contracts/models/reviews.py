"""A round of review (Art. 20): its steps, whose turn it is in each, what they decided."""

from datetime import datetime
from typing import Any, cast

from mongoengine import (
    BooleanField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.blobs import BlobField
from archive.contracts.rules.reviewing import (
    Decision,
    Judgement,
    RoundState,
    SeatOf,
    Standing,
    StepMode,
    TrialResult,
    standing_of,
    waiting_in,
)

NOTE_LENGTH = 2000


class ReviewPlace(EmbeddedDocument):
    """A place in a step: whose turn it is, and what they decided.

    `asked_ids` are the people who may take it, worked out when the step opens; who may decide is
    asked again of their roles when they do.
    """

    key = StringField(required=True)
    seat = EnumField(SeatOf, required=True)
    department = StringField()
    person_id = StringField()  # of a place for one person
    person_name = StringField()
    is_added: bool = BooleanField(default=False)
    added_by_name = StringField()
    asked_ids = ListField(StringField())
    decision: Decision | None = EnumField(Decision)
    decided_at = DateTimeField()
    decided_by_id = StringField()
    decided_by_name = StringField()
    for_name = StringField()  # whom the person stood in for
    economic = EnumField(Judgement)
    technical = EnumField(Judgement)
    feasibility = EnumField(Judgement)
    legality = EnumField(Judgement)
    opinion = StringField(max_length=NOTE_LENGTH)


class ReviewStep(EmbeddedDocument):
    """A step of a round, as the route had it when the round began."""

    mode: StepMode = EnumField(StepMode, required=True, default=StepMode.ALL)
    checks_credit = BooleanField(default=False)
    days = IntField(required=True)
    places = EmbeddedDocumentListField(ReviewPlace, required=True)
    opened_at = DateTimeField()
    due_at = DateTimeField()
    reminded_at = DateTimeField()
    reminded_by_name = StringField()


class TrialRun(EmbeddedDocument):
    """试运行: how it went."""

    result: TrialResult = EnumField(TrialResult, required=True)
    note = StringField(required=True, max_length=NOTE_LENGTH)
    at = DateTimeField(required=True)
    by_id = StringField(required=True)
    by_name = StringField(required=True)


class Review(EmbeddedDocument):
    """One round: which version was submitted, the way it goes, how it ended."""

    number = IntField(required=True)
    version = IntField(required=True)
    sha256 = BlobField(required=True)
    note = StringField(max_length=NOTE_LENGTH)
    route_id = ObjectIdField(required=True)
    route_name = StringField(required=True)
    needs_trial: bool = BooleanField(default=False)
    trial = EmbeddedDocumentField(TrialRun)
    steps = EmbeddedDocumentListField(ReviewStep, required=True)
    state = EnumField(RoundState, required=True, default=RoundState.UNDER_WAY)
    submitted_at = DateTimeField(required=True)
    submitted_by_id = StringField(required=True)
    submitted_by_name = StringField(required=True)
    ended_at = DateTimeField()

    @property
    def standing(self) -> Standing:
        """How it stands by what was decided."""
        if self.state is RoundState.TAKEN_BACK:
            return Standing(RoundState.TAKEN_BACK)
        trial = self.trial.result if self.trial else None
        return standing_of(self.steps, needs_trial=self.needs_trial, trial=trial)

    @property
    def open_step(self) -> ReviewStep | None:
        """The step whose turn it is."""
        number = self.standing.step
        return None if number is None else cast(ReviewStep, self.steps[number])

    @property
    def places(self) -> list[ReviewPlace]:
        """The places of all steps, in their order."""
        return [place for step in self.steps for place in step.places]

    @property
    def decided(self) -> list[ReviewPlace]:
        """The places in which somebody decided, the first decision first."""
        done = [place for place in self.places if place.decision]
        return sorted(done, key=lambda place: cast(datetime, place.decided_at))

    @property
    def waiting(self) -> list[ReviewPlace]:
        """The places whose turn it is."""
        step = self.open_step
        return cast(list[ReviewPlace], waiting_in(step)) if step else []

    def place(self, key: str) -> ReviewPlace | None:
        """The place that has this *key*."""
        return next((each for each in self.places if each.key == key), None)

    @property
    def asked_ids(self) -> list[str]:
        """Whose turn it is now, or was when they decided."""
        asked: dict[str, Any] = {}
        for place in self.waiting:
            asked |= dict.fromkeys(place.asked_ids)
        asked |= dict.fromkeys(place.decided_by_id for place in self.decided)
        return list(asked)
