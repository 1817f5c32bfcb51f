"""The kiosk's own way in: a random secret in the operating system's key store."""

from __future__ import annotations

import hashlib
import secrets

from app.errors import Refused
from app.paths import DataDir

SERVICE = "huimin-kiosk"


def stored_secret(data: DataDir) -> str | None:
    """The secret the key store holds for this data directory, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, _entry(data))
    except KeyringError:
        return None


def store_secret(data: DataDir) -> str:
    """Put a fresh secret into the key store and return it. Raises Refused E618 where the system has none."""
    import keyring
    from keyring.errors import KeyringError

    secret = secrets.token_urlsafe(32)
    try:
        keyring.set_password(SERVICE, _entry(data), secret)
    except KeyringError as error:
        raise Refused(
            "E618", "本机系统没有可用的密钥库，签到台不能自行启动；请由工作人员登录后打开签到台。"
        ) from error
    return secret


def _entry(data: DataDir) -> str:
    return hashlib.sha256(str(data.root.resolve()).encode()).hexdigest()[:16]
