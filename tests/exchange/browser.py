"""A real Chromium, driven over its DevTools pipe, for tests of the page. The planner itself needs none."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
MM_AN_INCH = 25.4
PATIENCE_SECONDS = 60


class Browser:
    """One page in a headless Chromium. What the page logs, and requests to anywhere, are kept to be looked at."""

    def __init__(self) -> None:
        if CHROMIUM is None:
            raise RuntimeError("no chromium is installed")
        self.messages: list[str] = []
        self.requests: list[str] = []
        self._number = 0
        self._buffer = b""
        self._profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        # Chromium reads commands from descriptor 3 and writes answers to 4.
        command = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self._process = subprocess.Popen(
            ["bash", "-c", command, "bash", CHROMIUM, *ARGUMENTS, f"--user-data-dir={self._profile.name}"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        finally:
            self._process.kill()
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def open(self, path: Path, width: int = 1400, height: int = 900, dark: bool = False) -> None:
        """Opens a file and waits until it has loaded."""
        self.go(path.as_uri(), width, height, dark)

    def go(self, address: str, width: int = 1400, height: int = 900, dark: bool = False) -> None:
        """Opens an address and waits until it has loaded."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def screenshot(self, whole: bool = False) -> bytes:
        """The page as PNG: what is in sight, or all of it."""
        return self._decoded(self.ask("Page.captureScreenshot", captureBeyondViewport=whole, **self._clip(whole)))

    def press(self, key: str) -> None:
        """Presses a key by its name, such as `Enter`, or types a character."""
        code, text = {"Enter": (13, "\r")}.get(key, (ord(key[0].upper()), key))
        named = {"key": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **named)

    def pdf(self, width_mm: float, height_mm: float) -> bytes:
        """The page as it prints on paper of this size."""
        size = {"paperWidth": width_mm / MM_AN_INCH, "paperHeight": height_mm / MM_AN_INCH}
        return self._decoded(self.ask("Page.printToPDF", printBackground=False, preferCSSPageSize=False, **size))

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Sends a command to the page and waits for its answer."""
        return self._ask(method, self._session, **parameters)

    def _clip(self, whole: bool) -> dict[str, Any]:
        if not whole:
            return {}
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}

    @staticmethod
    def _decoded(answer: dict[str, Any]) -> bytes:
        return base64.b64decode(answer["data"])

    def _ask(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], PATIENCE_SECONDS)[0]:
                raise RuntimeError(f"Chromium has said nothing for {PATIENCE_SECONDS} s")
            chunk = os.read(self._in, 1 << 20)
            if not chunk:
                raise RuntimeError("Chromium has ended")
            self._buffer += chunk
        text, self._buffer = self._buffer.split(b"\0", 1)
        message: dict[str, Any] = json.loads(text)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.messages.append(str(parameters["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.messages.append(str(parameters["args"]))
            case "Log.entryAdded":
                self.messages.append(str(parameters["entry"]["text"]))
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
