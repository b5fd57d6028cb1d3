import { afterEach, expect, test, vi } from "vitest";
import { telling } from "./upload";

/// A browser's request whose answer the test gives.
class PretendedRequest {
  static last: PretendedRequest;
  opened = "";
  headers: Record<string, string> = {};
  sent: unknown;
  withCredentials = false;
  status = 0;
  responseText = "";
  upload: { onprogress: (event: object) => void } = { onprogress: () => {} };
  onload = () => {};
  onerror = () => {};

  constructor() {
    PretendedRequest.last = this;
  }

  open(method: string, url: string) {
    this.opened = `${method} ${url}`;
  }

  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }

  send(body: unknown) {
    this.sent = body;
  }
}

afterEach(() => vi.unstubAllGlobals());

function begun(told: (share: number) => void) {
  vi.stubGlobal("XMLHttpRequest", PretendedRequest);
  const body = new FormData();
  const answer = telling(told)("/api/v1/imports/", {
    method: "POST",
    headers: { Accept: "text/plain" },
    body,
  });
  return { answer, body, request: PretendedRequest.last };
}

test("tells how much has left, and answers as fetch does", async () => {
  const shares: number[] = [];
  const { answer, body, request } = begun((share) => shares.push(share));
  expect(request).toMatchObject({
    opened: "POST /api/v1/imports/",
    headers: { accept: "text/plain" },
    withCredentials: true,
    sent: body,
  });

  request.upload.onprogress({ lengthComputable: true, loaded: 1, total: 4 });
  request.upload.onprogress({ lengthComputable: false, loaded: 2, total: 0 });
  request.status = 409;
  request.responseText = "Another file of yours is being imported.";
  request.onload();

  const response = await answer;
  expect(shares).toEqual([0.25]);
  expect(response.status).toBe(409);
  expect(await response.text()).toBe("Another file of yours is being imported.");
});

test("a line that breaks is a failure as fetch knows it", async () => {
  const { answer, request } = begun(() => {});
  request.onerror();
  await expect(answer).rejects.toBeInstanceOf(TypeError);
});
