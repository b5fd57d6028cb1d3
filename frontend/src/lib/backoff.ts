const longestMillis = 15_000;

/// Doubling from half a second, with full jitter: clients that lost one server do not come back as one.
export function backoffMillis(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMillis, 500 * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random();
}

/// Waits its turn, and while the browser says that it is offline. Coming online ends the wait, and so does
/// somebody who looks at the page again.
export async function backoff(attempt: number, signal?: AbortSignal): Promise<void> {
  await until(signal, (resolve) => {
    const timer = setTimeout(resolve, backoffMillis(attempt));
    const looked = () => {
      if (!document.hidden) resolve();
    };
    addEventListener("online", resolve);
    document.addEventListener("visibilitychange", looked);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", resolve);
      document.removeEventListener("visibilitychange", looked);
    };
  });
  if (navigator.onLine || signal?.aborted) return;
  await until(signal, (resolve) => {
    addEventListener("online", resolve);
    return () => removeEventListener("online", resolve);
  });
}

function until(signal: AbortSignal | undefined, listen: (resolve: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stop();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const stop = listen(end);
    signal?.addEventListener("abort", end);
  });
}
