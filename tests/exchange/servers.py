"""Real servers on loopback that bundles are delivered to: nginx with WebDAV over TLS, and OpenSSH's sshd."""

from __future__ import annotations

import base64
import getpass
import hashlib
import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from tests.tools import need_tools, tool

PASSWORD = "for-the-inbox"


@dataclass
class Server:
    """A server that can be stopped, started and given another key; folder: what it serves."""

    folder: Path
    port: int
    command: list[str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Up, and listening when this returns."""
        with (self.folder.parent / "server.log").open("ab") as log:
            self.running.append(subprocess.Popen(self.command, stdout=log, stderr=log))
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder.parent / "server.log").read_text())

    def stop(self) -> None:
        """Down; nothing listens."""
        while self.running:
            process = self.running.pop()
            process.terminate()
            process.wait(10)


def nginx(root: Path) -> Server:
    """`https://127.0.0.1:<port>/`, account `huimin`."""
    need_tools("nginx")
    folder, port = root / "dav", _free_port()
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    root.chmod(0o755)
    new_certificate(root)
    hashed = base64.b64encode(hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).digest()).decode()
    (root / "users").write_text(f"huimin:{{SHA}}{hashed}\n")
    user = "user root;\n" if os.geteuid() == 0 else ""
    (root / "nginx.conf").write_text(
        f"{user}daemon off; master_process off; pid {root}/nginx.pid; error_log {root}/error.log;\n"
        "events {}\n"
        f"http {{ access_log off; client_body_temp_path {root}/body; client_max_body_size 1g;\n"
        f"proxy_temp_path {root}/p; fastcgi_temp_path {root}/f; uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n"
        f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {root}/cert.pem; ssl_certificate_key {root}/key.pem;\n"
        f"root {folder}; auth_basic x; auth_basic_user_file {root}/users; dav_methods PUT DELETE MOVE; }} }}\n"
    )
    return Server(folder, port, [str(tool("nginx")), "-p", str(root), "-c", str(root / "nginx.conf")])


def new_certificate(root: Path) -> None:
    """A self-signed one for 127.0.0.1."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (root / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (root / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def sshd(root: Path) -> tuple[Server, str]:
    """`sftp://127.0.0.1:<port>/…` for whoever runs the test, and the private key that it lets in."""
    need_tools("sshd")
    folder, port = root / "sftp", _free_port()
    folder.mkdir(parents=True)
    mine = new_key(root / "mine")
    new_key(root / "host")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    (root / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {root}/host\nPidFile none\nStrictModes no\n"
        f"AuthorizedKeysFile {root}/mine.pub\nPasswordAuthentication no\nUsePAM no\nPermitRootLogin yes\n"
        "Subsystem sftp internal-sftp\n"
    )
    return Server(folder, port, [str(tool("sshd")), "-D", "-e", "-f", str(root / "sshd_config")]), mine


def new_key(file: Path) -> str:
    """A key pair as files, private and `.pub`; the private half's text."""
    key = ed25519.Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    file.touch(0o600)
    file.write_bytes(private)
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    file.with_name(file.name + ".pub").write_bytes(public + b"\n")
    return private.decode()


def me() -> str:
    """The account whose files the servers serve."""
    return getpass.getuser()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
