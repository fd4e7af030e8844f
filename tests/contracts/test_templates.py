"""Templates are checked, kept in every version, and put in force by the administrator alone."""

from datetime import datetime

import pytest

from archive.actor import Role
from archive.blobs.checking import named
from archive.contracts.errors import AlreadyInForce, NoFileChosen, NoSuchVersion, TemplateHasFaults
from archive.contracts.models import Template
from archive.contracts.rules import TemplateKind
from archive.contracts.service import templates as service
from archive.database import Taken
from archive.docgen.shipped import SHIPPED
from archive.errors import NotPermitted
from archive.seams import Seams
from tests.docgen.word_files import a_template


@pytest.fixture
def administrator(actor_as):
    return actor_as(Role.ADMINISTRATOR)


def upload(parts: Seams, now: datetime, actor, *paragraphs: str, name="公司模板") -> Template:
    return service.upload_template(
        a_template(*(paragraphs or ("{{ 客户.名称 }}",))),
        "公司模板.docx",
        actor=actor,
        now=now,
        blobs=parts.blobs,
        docgen=parts.docgen,
        name=name,
        kind=TemplateKind.CONTRACT,
    )


def test_an_uploaded_template_is_kept_but_not_used_until_it_is_put_in_force(
    parts, now, administrator
):
    template = upload(parts, now, administrator)
    assert template.newest.placeholders == ["客户.名称"]
    assert Template.usable(TemplateKind.CONTRACT) == []
    service.put_in_force(template, 1, actor=administrator, now=now)
    assert Template.usable(TemplateKind.CONTRACT) == [template]


def test_a_template_with_faults_is_refused_with_all_of_them_and_nothing_is_kept(
    parts, now, administrator
):
    with pytest.raises(TemplateHasFaults) as refusal:
        upload(parts, now, administrator, "{{ 客户.错 }}", "｛｛客户.名称｝｝", "{{ 客户.名称 ")
    assert [fault.place.paragraph for fault in refusal.value.report.faults] == [1, 2, 3]
    assert Template.objects.count() == 0


def test_nothing_uploaded_is_said_to_be_nothing(parts, now, administrator):
    with pytest.raises(NoFileChosen):
        service.upload_template(
            b"",
            "",
            actor=administrator,
            now=now,
            blobs=parts.blobs,
            docgen=parts.docgen,
            name="x",
            kind=TemplateKind.CONTRACT,
        )


def test_versions_stay_and_an_older_one_may_come_back_into_force(
    parts, now, administrator, settings
):
    template = upload(parts, now, administrator)
    service.put_in_force(template, 1, actor=administrator, now=now)
    service.upload_version(
        template,
        a_template("{{ 客户.地址 }}"),
        "新.docx",
        actor=administrator,
        now=now,
        blobs=parts.blobs,
        docgen=parts.docgen,
    )
    again = Template.find(template.key)
    assert (again.version_in_force, again.newest.number) == (1, 2)
    service.put_in_force(again, 2, actor=administrator, now=now)
    service.put_in_force(again, 1, actor=administrator, now=now)
    for number in (1, 2):
        content = service.read_version(
            again,
            number,
            actor=administrator,
            blobs=parts.blobs,
        )
        assert content.startswith(b"PK")
        assert named([again.version(number).sha256])
    with pytest.raises(AlreadyInForce):
        service.put_in_force(again, 1, actor=administrator, now=now)
    with pytest.raises(NoSuchVersion):
        service.put_in_force(again, 3, actor=administrator, now=now)


def test_a_name_is_given_once(parts, now, administrator):
    upload(parts, now, administrator)
    with pytest.raises(Taken):
        upload(parts, now, administrator)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_keeps_templates(parts, now, actor_as, role):
    with pytest.raises(NotPermitted):
        upload(parts, now, actor_as(role))


def test_shipped_templates_are_installed_once_and_a_companys_change_is_left_alone(
    parts, now, administrator
):
    first = service.install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    assert {template.slug for template in first} == {each.slug for each in SHIPPED}
    assert all(template.version_in_force == 1 for template in first)
    service.take_out_of_use(first[0], actor=administrator, now=now, reason="换新版")
    again = service.install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    assert again == []
    assert Template.find(first[0].key).version_in_force is None
