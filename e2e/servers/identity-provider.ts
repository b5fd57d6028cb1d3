import { createHash, createPublicKey, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const keyId = "the only key";

interface Grant {
  email: string;
  nonce: string;
  challenge: string;
}

/// An OpenID provider with a page that asks who one is, and believes it.
export class IdentityProvider {
  private readonly server: Server;
  private readonly key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  private readonly grants = new Map<string, Grant>();

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.issuer;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get issuer() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.issuer);
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return send(response, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          id_token_signing_alg_values_supported: ["RS256"],
          token_endpoint_auth_methods_supported: ["client_secret_post"],
        });
      case "/keys": {
        const jwk = createPublicKey(this.key).export({ format: "jwk" });
        return send(response, { keys: [{ ...jwk, kid: keyId, use: "sig", alg: "RS256" }] });
      }
      case "/authorize":
        return response.writeHead(200, { "Content-Type": "text/html" }).end(page(searchParams));
      case "/decide":
        return response.writeHead(302, { Location: this.decide(searchParams) }).end();
      case "/token":
        return this.redeem(new URLSearchParams(await text(request)), response);
      default:
        return response.writeHead(404).end();
    }
  }

  private decide(asked: URLSearchParams): string {
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("state", asked.get("state") ?? "");
    if (asked.get("decision") === "deny") {
      back.searchParams.set("error", "access_denied");
      return back.href;
    }
    const code = randomUUID();
    this.grants.set(code, {
      email: asked.get("email") ?? "",
      nonce: asked.get("nonce") ?? "",
      challenge: asked.get("code_challenge") ?? "",
    });
    back.searchParams.set("code", code);
    return back.href;
  }

  private redeem(form: URLSearchParams, response: ServerResponse) {
    const code = form.get("code") ?? "";
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant === undefined || grant.challenge !== challenge || form.get("client_secret") !== "a secret") {
      return send(response, { error: "invalid_grant" }, 400);
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      sub: grant.email,
      aud: form.get("client_id"),
      iat: now,
      auth_time: now,
      exp: now + 300,
      nonce: grant.nonce,
      email: grant.email,
      email_verified: true,
    };
    return send(response, {
      access_token: randomUUID(),
      token_type: "Bearer",
      id_token: this.signed(claims),
    });
  }

  private signed(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const content = `${part({ alg: "RS256", kid: keyId })}.${part(claims)}`;
    return `${content}.${createSign("RSA-SHA256").update(content).sign(this.key, "base64url")}`;
  }
}

function page(asked: URLSearchParams): string {
  const escaped = (value: string) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const kept = [...asked].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return `<!doctype html><html lang="en"><title>Campus</title><form action="/decide">${kept.join("")}
    <label>Who are you? <input name="email"></label>
    <button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>
    </form></html>`;
}

function send(response: ServerResponse, body: object, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  let whole = "";
  for await (const chunk of request) whole += String(chunk);
  return whole;
}
