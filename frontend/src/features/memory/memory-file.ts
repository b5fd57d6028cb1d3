/// What of a file is sent to be imported: of an account's export its memories without their histories, because all else
/// in it may be larger than a request; of any other list the whole.
export function memoriesIn(document: unknown): unknown {
  if (!isObject(document) || !Array.isArray(document.memories)) return document;
  return document.memories.map((one: unknown) => (isObject(one) && isObject(one.memory) ? one.memory : one));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
