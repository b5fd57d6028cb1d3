import { backoff } from "./backoff";

type Load<M> = () => Promise<M>;

interface Parts {
  wait: (attempt: number) => Promise<void>;
  importFrom: (url: string) => Promise<unknown>;
}

const inBrowser: Parts = {
  wait: backoff,
  importFrom: (url) => import(/* @vite-ignore */ url),
};

/// A part of the app that comes after the page. A line that is lost delays it and fails nothing; a module
/// that came and is broken is an error like any other. It is loaded once; when it is here, React's `use` has it at
/// once, so that nothing shows in its place for a moment.
export function lateModule<M>(load: Load<M>, parts: Parts = inBrowser): Load<M> {
  let loading: Promise<M> | undefined;
  return () => {
    loading ??= tracked(persistently(load, parts));
    return loading;
  };
}

/// React reads from these two fields that a promise is settled.
function tracked<M>(loading: Promise<M>): Promise<M> {
  loading.then(
    (value) => Object.assign(loading, { status: "fulfilled", value }),
    // Whoever uses it is told.
    () => {},
  );
  return loading;
}

async function persistently<M>(load: Load<M>, { wait, importFrom }: Parts): Promise<M> {
  let failure = await load().catch((error: unknown) => error);
  for (let attempt = 1; isLost(failure); attempt++) {
    await wait(attempt);
    const url = missing(failure);
    // Many a browser remembers that an address failed, for as long as the page lives.
    const again = url === null ? load : () => importFrom(`${url}?again=${attempt}`) as Promise<M>;
    failure = await load()
      .catch(again)
      .catch((error: unknown) => error);
  }
  if (failure instanceof Error) throw failure;
  return failure as M;
}

const isLost = (outcome: unknown): outcome is TypeError =>
  outcome instanceof TypeError && /(fetch|load|import)\w* .*module/i.test(outcome.message);

/// The address is in the message of most browsers, without what an earlier attempt put after it.
const missing = ({ message }: TypeError): string | null => /https?:\S+?\.js/.exec(message)?.[0] ?? null;
