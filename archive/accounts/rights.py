"""The table of rights: which role may do what, and on which records.

This is the only place that says so. The door of each route (`archive.web.guard`) and each service
verb ask the `Actor`, whose grants come from here.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from archive.actor import Grants, Right, Role, Scope

ALL, OWN, RECORDED, ASKED = Scope.ALL, Scope.OWN, Scope.RECORDED, Scope.ASKED

Row = Mapping[Right, frozenset[Scope]]


def _row(**scopes: Scope | tuple[Scope, ...]) -> dict[Right, frozenset[Scope]]:
    return {
        Right[name.upper()]: frozenset(scope if isinstance(scope, tuple) else (scope,))
        for name, scope in scopes.items()
    }


# Any employee finds a customer by name and writes down a complaint that reaches them (Art. 14).
EMPLOYEE: Final = _row(
    find_customer=ALL,
    see_views=RECORDED,
    see_runs=RECORDED,
    hand_over_task=RECORDED,
    record_complaint=ALL,
    open_complaint=RECORDED,
)

TABLE: Final[Mapping[Role, Row]] = {
    Role.STAFF: EMPLOYEE,
    Role.SALESPERSON: EMPLOYEE
    | _row(
        open_customer=OWN,
        create_customer=ALL,
        edit_customer=OWN,
        export_lists=OWN,
        reveal_phone=OWN,
        see_personal=OWN,
        list_attachments=OWN,
        view_internal=OWN,
        open_visit=(OWN, RECORDED),
        record_visit=OWN,
        open_complaint=(OWN, RECORDED),
        open_contract=OWN,
        draft_contract=OWN,
        see_templates=ALL,
        open_figures=OWN,
        record_figures=OWN,
        open_development=OWN,
        write_development=OWN,
        see_routes=ALL,
    ),
    Role.SALES_MANAGER: EMPLOYEE
    | _row(
        see_dashboard=ALL,
        open_customer=ALL,
        create_customer=ALL,
        edit_customer=ALL,
        assign_customer=ALL,
        see_runs=ALL,
        merge_customers=ALL,
        export_lists=ALL,
        import_lists=ALL,
        reveal_phone=ALL,
        see_personal=ALL,
        list_attachments=ALL,
        view_internal=ALL,
        open_visit=ALL,
        record_visit=ALL,
        open_complaint=ALL,
        open_contract=ALL,
        draft_contract=ALL,
        see_templates=ALL,
        open_figures=ALL,
        record_figures=ALL,
        open_classing=ALL,
        set_classes=ALL,
        manage_measures=ALL,
        open_development=ALL,
        write_development=ALL,
        review_contract=ASKED,
        steer_review=ALL,
        see_routes=ALL,
    ),
    Role.OPERATIONS_MANAGER: EMPLOYEE
    | _row(
        open_customer=ALL,
        list_attachments=ALL,
        view_internal=ALL,
        open_complaint=ALL,
        open_contract=ALL,
        see_templates=ALL,
        open_figures=ALL,
        open_classing=ALL,
        open_development=ALL,
        review_contract=ASKED,
        record_trial=ALL,
        see_routes=ALL,
    ),
    # Art. 20.2: sees what a department is asked about, and nothing else of the archive.
    Role.REVIEWER: EMPLOYEE
    | _row(
        review_contract=ASKED,
    ),
    Role.CUSTOMER_SERVICE: EMPLOYEE
    | _row(
        open_customer=ALL,
        reveal_phone=ALL,
        list_attachments=ALL,
        view_internal=ALL,
        open_visit=ALL,
        open_complaint=ALL,
        edit_complaint=ALL,
        review_contract=ASKED,
    ),
    # Art. 10: the archive has its own keeper, who alone handles the files.
    Role.CUSTODIAN: EMPLOYEE
    | _row(
        open_customer=ALL,
        create_customer=ALL,
        edit_customer=ALL,
        export_lists=ALL,
        import_lists=ALL,
        reveal_phone=ALL,
        see_personal=ALL,
        upload_deposit=ALL,
        file_deposit=ALL,
        list_attachments=ALL,
        view_internal=ALL,
        view_confidential=ALL,
        download_original=ALL,
        take_stock=ALL,
        propose_disposal=ALL,
        hold_papers=ALL,
        see_disposals=ALL,
        open_visit=ALL,
        open_complaint=ALL,
        open_contract=ALL,
        manage_synonyms=ALL,
        open_figures=ALL,
        open_development=ALL,
        record_figures=ALL,
        open_classing=ALL,
        merge_customers=ALL,
        restrict_customer=ALL,
        see_restricted=ALL,
    ),
    Role.GENERAL_MANAGER: EMPLOYEE
    | _row(
        see_dashboard=ALL,
        open_customer=ALL,
        export_lists=ALL,
        reveal_phone=ALL,
        see_personal=ALL,
        list_attachments=ALL,
        view_internal=ALL,
        approve_disposal=ALL,
        hold_papers=ALL,
        manage_retention=ALL,
        see_disposals=ALL,
        open_visit=ALL,
        open_complaint=ALL,
        open_contract=ALL,
        see_templates=ALL,
        open_figures=ALL,
        confirm_roles=ALL,
        open_development=ALL,
        see_rights=ALL,
        open_classing=ALL,
        review_contract=ASKED,
        steer_review=ALL,
        see_routes=ALL,
        manage_routes=ALL,
    ),
    Role.AUDITOR: _row(
        see_views=RECORDED,
        see_runs=RECORDED,
        hand_over_task=RECORDED,
        export_lists=ALL,
        see_restricted=ALL,
        see_disposals=ALL,
        read_trail=ALL,
        see_rights=ALL,
    ),
    # Keeps the system, not the archive: no right to its content.
    Role.ADMINISTRATOR: _row(
        see_views=RECORDED,
        see_runs=RECORDED,
        hand_over_task=RECORDED,
        manage_people=ALL,
        see_templates=ALL,
        manage_templates=ALL,
        manage_synonyms=ALL,
        see_rights=ALL,
        manage_measures=ALL,
        see_routes=ALL,
        manage_routes=ALL,
    ),
}

# Whoever holds one of them opens archives: nobody gives it to themselves.
OPENING: Final = frozenset(role for role, row in TABLE.items() if Right.OPEN_CUSTOMER in row)

# Whoever holds one of them opens every archive: a second person confirms it.
OPENING_ALL: Final = frozenset(
    role for role, row in TABLE.items() if ALL in row.get(Right.OPEN_CUSTOMER, ())
)


def grants_of(roles: Iterable[Role]) -> Grants:
    """What someone with all of *roles* may do; of overlapping scopes each counts."""
    grants: dict[Right, frozenset[Scope]] = {}
    for role in roles:
        for right, scopes in TABLE[role].items():
            grants[right] = grants.get(right, frozenset()) | scopes
    return {
        right: frozenset({ALL}) if ALL in scopes else scopes for right, scopes in grants.items()
    }
