// What a person does first: opens the page, registers, asks, reads the answer as it arrives, reloads.

export async function visit(address) {
  const page = await fetch(address);
  await page.text();
  const { access_token: token } = await call(address, "POST", "/auth/register", {
    email: "visitor@example.com",
    password: "a visitor's passphrase",
  });
  await call(address, "GET", "/auth/me", undefined, token);
  await call(address, "GET", "/models/", undefined, token);
  const chat = await call(address, "POST", "/chats/", {}, token);
  const messages = `/chats/${chat.id}/messages/`;
  const answer = await request(address, "POST", messages, { content: "How do I configure a model?" }, token, {
    Accept: "text/event-stream",
  });
  await answer.text();
  await call(address, "GET", messages, undefined, token);
  await call(address, "GET", "/chats/", undefined, token);
}

async function call(...parameters) {
  const response = await request(...parameters);
  return (await response.json()).data;
}

async function request(address, method, path, body, token, headers = {}) {
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  }
  return response;
}
