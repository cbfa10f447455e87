"""Everything that changes a service account."""

from accounts.robots.actions.making import (
    change_robot,
    create_robot,
    disable_robot,
    enable_robot,
    set_robot_roles,
)
from accounts.robots.actions.tokens import (
    create_robot_token,
    revoke_robot_token,
    rotate_robot_token,
)

__all__ = [
    "change_robot",
    "create_robot",
    "create_robot_token",
    "disable_robot",
    "enable_robot",
    "revoke_robot_token",
    "rotate_robot_token",
    "set_robot_roles",
]
