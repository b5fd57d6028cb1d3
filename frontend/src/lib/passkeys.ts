import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { ApiError } from "@/api/api-error";
import type { AskedForPasskey, AskedToSign } from "@/api/types";
import { askToSign, loginWithPasskey, type MadePasskey, type SignedByPasskey } from "@/api/ways-in";

const number = /^(\d+(\.\d+){3}|\[.*\])$/;

/// Whether this browser has passkeys at this address: they need https, or localhost, and a name.
export const hasPasskeys = () =>
  typeof PublicKeyCredential !== "undefined" && isSecureContext && !number.test(location.hostname);

/// Has the device make a passkey.
export async function makePasskey(asked: AskedForPasskey): Promise<MadePasskey> {
  const made = await ofDevice(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(asked.challenge),
        rp: { id: asked.rp_id, name: "Parley" },
        user: { id: bytes(asked.user_handle), name: asked.user_name, displayName: asked.user_name },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: asked.known.map((id) => ({ type: "public-key", id: bytes(id) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
      },
    }),
  );
  const { response } = made;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw givenUp();
  return { client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

/// @returns who has signed in
export const signInWithPasskey = async () => loginWithPasskey(await sign(await askToSign()));

async function sign(asked: AskedToSign): Promise<SignedByPasskey> {
  const { id, response } = await ofDevice(() =>
    navigator.credentials.get({
      publicKey: { challenge: bytes(asked.challenge), rpId: asked.rp_id, userVerification: "required" },
    }),
  );
  if (!(response instanceof AuthenticatorAssertionResponse)) throw givenUp();
  return {
    id,
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    user_handle: response.userHandle === null ? null : text(response.userHandle),
  };
}

async function ofDevice(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const answer = await ask();
    if (answer instanceof PublicKeyCredential) return answer;
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure;
    if (failure.name === "InvalidStateError") {
      throw new ApiError("PASSKEY_KNOWN", i18n._(msg`This device has a passkey for your account already.`));
    }
  }
  throw givenUp();
}

/// Browsers do not say whether it was the person, the device or the time.
const givenUp = () => new ApiError("PASSKEY_GIVEN_UP", i18n._(msg`Your device has given no passkey.`));

const bytes = (base64Url: string) =>
  Uint8Array.from(atob(base64Url.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );

const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
