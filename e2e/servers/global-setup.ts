import { IdentityProvider } from "./identity-provider.ts";
import { Mailbox } from "./mailbox.ts";
import { defaultModel, Provider } from "./provider.ts";
import { startServer } from "./start.ts";

/// One server with the built-in model, and one whose model says what the stories tell it to.
/// Each of the variables names one that runs already and is used instead.
export default async function globalSetup() {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((end) => end()));
  };
  const run = async (variable: string, name: string, settings: Record<string, string>) => {
    if (process.env[variable] !== undefined) return;
    const server = await startServer(name, { PARLEY_RATE_LIMITS: "off", ...settings });
    stops.push(server.stop);
    process.env[variable] = server.address;
    process.env[variable.replace(/URL$/, "DATA")] = server.data;
  };

  if (process.env.PARLEY_PROVIDER_URL === undefined) {
    const provider = new Provider();
    stops.push(() => provider.stop());
    process.env.PARLEY_PROVIDER_URL = await provider.start();
  }
  const mailbox = new Mailbox();
  stops.push(() => mailbox.stop());
  const mails = await mailbox.start();
  process.env.PARLEY_MAILS ??= mails.directory;
  const identities = new IdentityProvider();
  stops.push(() => identities.stop());
  const issuer = await identities.start();
  const started = await Promise.allSettled([
    run("PARLEY_BUILTIN_URL", "builtin", {}),
    run("PARLEY_SCRIPTED_URL", "scripted", {
      OPENAI_API_KEY: "a-key-that-nobody-checks",
      OPENAI_BASE_URL: `${process.env.PARLEY_PROVIDER_URL}/v1`,
      OPENAI_MODEL: defaultModel,
      // A story may keep its model silent for as long as it takes.
      PARLEY_PROVIDER_TIMEOUT: "600",
      EMAIL_HOST: "127.0.0.1",
      EMAIL_PORT: String(mails.port),
      PARLEY_OIDC_ISSUER: issuer,
      PARLEY_OIDC_CLIENT_ID: "parley",
      PARLEY_OIDC_CLIENT_SECRET: "a secret",
      PARLEY_OIDC_NAME: "Campus",
      PARLEY_ADMIN_CHAT_ACCESS: "on",
    }),
  ]);
  const failure = started.find((one) => one.status === "rejected");
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  return stop;
}
