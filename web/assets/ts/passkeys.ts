// <form hidden data-passkey="create|get" data-challenge="/path">: shown where the browser knows passkeys. On submit a
// challenge is fetched, the browser signs it, and the form goes with the answer in its field "credential". The form's
// data-none, data-known and data-failed are what it says where that comes to nothing.

type Json = Record<string, unknown>;

interface Challenge extends Json {
  challenge: string;
}

const REASONS: Record<string, string> = { NotAllowedError: "none", AbortError: "none", InvalidStateError: "known" };

export function watchPasskeyForms(): void {
  if (!("PublicKeyCredential" in window)) return;
  for (const area of document.querySelectorAll<HTMLElement>("[data-passkeys]")) area.hidden = false;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void sendSigned(form);
    });
  }
}

async function sendSigned(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  if (!button || !field || button.disabled) return;
  button.disabled = true;
  say(form, "");
  try {
    const challenge = await fetchChallenge(form);
    const credential = form.dataset.passkey === "create" ? await create(challenge) : await get(challenge);
    field.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    say(form, problemOf(form, error));
  } finally {
    button.disabled = false; // also for whoever comes back to this page
  }
}

class Refused extends Error {}

async function fetchChallenge(form: HTMLFormElement): Promise<Challenge> {
  const token = form.querySelector<HTMLInputElement>("input[name=form_token]")?.value ?? "";
  const answer = await fetch(form.dataset.challenge ?? "", { method: "POST", headers: { "x-form-token": token } });
  const body = await answer.json();
  if (!answer.ok) throw new Refused(body.error?.message);
  return body as Challenge;
}

async function create(options: Json): Promise<Json> {
  const user = options.user as Json;
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return credential(made, { attestationObject: text(response.attestationObject) });
}

async function get(options: Json): Promise<Json> {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return credential(used, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle && text(response.userHandle),
  });
}

function credential(one: PublicKeyCredential, response: Json): Json {
  const clientDataJSON = text(one.response.clientDataJSON);
  return { id: one.id, rawId: text(one.rawId), type: one.type, response: { clientDataJSON, ...response } };
}

function descriptors(listed: unknown): Json[] {
  return ((listed ?? []) as Json[]).map((one) => ({ ...one, id: bytes(one.id) }));
}

function problemOf(form: HTMLFormElement, error: unknown): string {
  if (error instanceof Refused && error.message) return error.message;
  const reason = error instanceof DOMException ? REASONS[error.name] : undefined;
  return form.dataset[reason ?? "failed"] ?? form.dataset.failed ?? "";
}

function say(form: HTMLFormElement, problem: string): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!place) return;
  place.textContent = problem;
  place.hidden = !problem;
}

// base64url without padding, as authenticators' answers are written in JSON.
function bytes(encoded: unknown): Uint8Array {
  const plain = atob(String(encoded).replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
