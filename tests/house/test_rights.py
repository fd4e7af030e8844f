"""The table of rights, cell by cell, as it was agreed on. A change here is a decision."""

from archive.accounts.rights import TABLE, grants_of
from archive.actor import Right, Role, Scope

ROLES = {
    "sta": Role.STAFF,
    "sal": Role.SALESPERSON,
    "sma": Role.SALES_MANAGER,
    "ops": Role.OPERATIONS_MANAGER,
    "rev": Role.REVIEWER,
    "ser": Role.CUSTOMER_SERVICE,
    "cus": Role.CUSTODIAN,
    "gen": Role.GENERAL_MANAGER,
    "aud": Role.AUDITOR,
    "adm": Role.ADMINISTRATOR,
}

MARKS = {Scope.ALL: "A", Scope.OWN: "o", Scope.RECORDED: "r", Scope.ASKED: "a"}

# A: on every record; o: on records of one's own customers; r: on what one recorded oneself;
# a: on contracts that one is asked to judge.
AGREED = """
                   sta sal sma ops rev ser cus gen aud adm
find_customer      A   A   A   A   A   A   A   A   .   .
open_customer      .   o   A   A   .   A   A   A   .   .
create_customer    .   A   A   .   .   .   A   .   .   .
edit_customer      .   o   A   .   .   .   A   .   .   .
assign_customer    .   .   A   .   .   .   .   .   .   .
see_views          r   r   r   r   r   r   r   r   r   r
see_runs           r   r   A   r   r   r   r   r   r   r
hand_over_task     r   r   r   r   r   r   r   r   r   r
export_lists       .   o   A   .   .   .   A   A   A   .
import_lists       .   .   A   .   .   .   A   .   .   .
reveal_phone       .   o   A   .   .   A   A   A   .   .
see_personal       .   o   A   .   .   .   A   A   .   .
upload_deposit     .   .   .   .   .   .   A   .   .   .
file_deposit       .   .   .   .   .   .   A   .   .   .
list_attachments   .   o   A   A   .   A   A   A   .   .
view_internal      .   o   A   A   .   A   A   A   .   .
view_confidential  .   .   .   .   .   .   A   .   .   .
download_original  .   .   .   .   .   .   A   .   .   .
take_stock         .   .   .   .   .   .   A   .   .   .
propose_disposal   .   .   .   .   .   .   A   .   .   .
approve_disposal   .   .   .   .   .   .   .   A   .   .
hold_papers        .   .   .   .   .   .   A   A   .   .
manage_retention   .   .   .   .   .   .   .   A   .   .
see_disposals      .   .   .   .   .   .   A   A   A   .
open_visit         .   or  A   .   .   A   A   A   .   .
record_visit       .   o   A   .   .   .   .   .   .   .
open_complaint     r   or  A   A   r   A   A   A   .   .
record_complaint   A   A   A   A   A   A   A   A   .   .
edit_complaint     .   .   .   .   .   A   .   .   .   .
open_contract      .   o   A   A   .   .   A   A   .   .
draft_contract     .   o   A   .   .   .   .   .   .   .
review_contract    .   .   a   a   a   a   .   a   .   .
steer_review       .   .   A   .   .   .   .   A   .   .
record_trial       .   .   .   A   .   .   .   .   .   .
see_routes         .   A   A   A   .   .   .   A   .   A
manage_routes      .   .   .   .   .   .   .   A   .   A
see_templates      .   A   A   A   .   .   .   A   .   A
manage_templates   .   .   .   .   .   .   .   .   .   A
open_figures       .   o   A   A   .   .   A   A   .   .
record_figures     .   o   A   .   .   .   A   .   .   .
open_classing      .   .   A   A   .   .   A   A   .   .
set_classes        .   .   A   .   .   .   .   .   .   .
manage_measures    .   .   A   .   .   .   .   .   .   A
open_development   .   o   A   A   .   .   A   A   .   .
write_development  .   o   A   .   .   .   .   .   .   .
merge_customers    .   .   A   .   .   .   A   .   .   .
restrict_customer  .   .   .   .   .   .   A   .   .   .
see_restricted     .   .   .   .   .   .   A   .   A   .
see_dashboard      .   .   A   .   .   .   .   A   .   .
read_trail         .   .   .   .   .   .   .   .   A   .
manage_people      .   .   .   .   .   .   .   .   .   A
manage_synonyms    .   .   .   .   .   .   A   .   .   A
confirm_roles      .   .   .   .   .   .   .   A   .   .
see_rights         .   .   .   .   .   .   .   A   A   A
"""


def table_in_force() -> str:
    """The table as the code has it, in the same drawing."""
    width = max(len(right) for right in Right)
    lines = [" " * width + "  " + " ".join(ROLES)]
    for right in Right:
        cells = [
            "".join(sorted(MARKS[scope] for scope in TABLE[role].get(right, ()))) or "."
            for role in ROLES.values()
        ]
        lines.append(f"{right:{width}}  " + " ".join(f"{cell:3}" for cell in cells).rstrip())
    return "\n".join(lines)


def test_the_table_of_rights_is_the_one_that_was_agreed_on() -> None:
    assert table_in_force() == AGREED.strip("\n")


def test_every_role_has_a_row_and_every_right_somebody_who_holds_it() -> None:
    assert set(TABLE) == set(Role) == set(ROLES.values())
    assert {right for row in TABLE.values() for right in row} == set(Right)


def test_the_administrator_and_the_auditor_have_no_right_to_the_content_of_the_archive() -> None:
    # An export holds what can be read; a task is between two colleagues.
    no_content = ("manage_", "see_", "read_", "export_", "hand_over_")
    content = {right for right in Right if not right.startswith(no_content)}
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert not content & set(TABLE[role])


def test_the_auditor_changes_nothing() -> None:
    changing = ("create_", "edit_", "assign_", "record_", "file_", "upload_", "draft_", "manage_")
    assert [right for right in TABLE[Role.AUDITOR] if right.startswith(changing)] == []


def test_two_roles_give_what_either_gives() -> None:
    grants = grants_of([Role.SALESPERSON, Role.AUDITOR])
    assert grants[Right.OPEN_CUSTOMER] == {Scope.OWN}
    assert grants[Right.READ_TRAIL] == {Scope.ALL}


def test_all_takes_in_every_narrower_scope() -> None:
    grants = grants_of([Role.SALESPERSON, Role.SALES_MANAGER])
    assert grants[Right.OPEN_CUSTOMER] == {Scope.ALL}


def test_who_holds_no_role_holds_no_right() -> None:
    assert grants_of([]) == {}
