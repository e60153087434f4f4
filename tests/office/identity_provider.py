"""An identity provider of tests: description, keys, authorisation, tokens; and what a dishonest one does."""

import base64
import hmac
import json
import secrets
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "guanzi", "a secret of the client"
WAY_COOKIE = "guanzi-way"


class Provider:
    """A provider at an address of this machine.

    Attributes:
        person: Claims of whoever is entered there in the browser.
        changed: Claims that its tokens hold otherwise; None: they are left out.
        head: What heads of its tokens hold otherwise.
        signs: Key and algorithm of its tokens.
        described: What its description says otherwise.
        answers: Path -> what it answers there instead.
        asked: Paths that were asked for.
    """

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person, self.changed, self.head, self.described = {}, {}, {}, {}
        self.signs = (self.key, "RS256")
        self.codes, self.asked, self.kid = {}, [], "first"
        self.dead, self.answers = False, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Asked", (Handler,), {"provider": self}))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, form, head):
        """Status and plain data."""
        self.asked.append(path)
        if self.dead:
            return 503, {}
        if path in self.answers:
            return 200, self.answers[path]
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
            return 200, {"issuer": self.issuer, **{k: self.issuer + v for k, v in ends.items()}, **self.described}
        if path == "/jwks":
            own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [own | {"kid": self.kid, "use": "sig"}]}
        return self.token(form, head) if path == "/token" else (404, {})

    def authorise(self, address):
        """What the browser brings back from the address to which the office sent it."""
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def token(self, form, head):
        who = base64.b64decode(head.get("Authorization", "").removeprefix("Basic ")).decode()
        asked = self.codes.pop(form.get("code"), None)
        proof = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        right = [unquote(part) for part in who.split(":")] == [CLIENT, SECRET]
        if (
            not right
            or asked is None
            or (asked["redirect_uri"], asked["code_challenge"]) != (form["redirect_uri"], proof)
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now}
        claims |= {"nonce": asked["nonce"], **self.person, **self.changed}
        claims = {name: value for name, value in claims.items() if value is not None}
        key, algorithm = self.signs
        head = {"kid": self.kid, **self.head}
        if algorithm in BY_HAND:
            return 200, {"id_token": by_hand(claims, head, key, algorithm)}
        return 200, {"id_token": jwt.encode(claims, key, algorithm, headers=head)}


BY_HAND = {"HS256": "HS256", "of any shape": "RS256"}
"""How a token is made that no library makes -> algorithm in its head."""


def by_hand(claims, head, key, how):
    """A token with a shared secret, which may be a public key; or one with a head and claims of any shape."""
    head = {"alg": BY_HAND[how], **head}
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (head, claims)]
    whole = b".".join(parts)
    rsa256 = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256)
    mark = hmac.digest(key, whole, "sha256") if how == "HS256" else rsa256.sign(whole, key)
    return b".".join((whole, base64.urlsafe_b64encode(mark).rstrip(b"="))).decode()


class Handler(BaseHTTPRequestHandler):
    """Asks its provider."""

    provider: Provider

    def do_GET(self):
        self.respond({})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.respond({name: values[-1] for name, values in parse_qs(body).items()})

    def respond(self, form):
        status, data = self.provider.answer(urlsplit(self.path).path, form, self.headers)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *told):
        pass
