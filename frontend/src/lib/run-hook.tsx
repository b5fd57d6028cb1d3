import { act, type ReactNode } from "react";
import { create, type ReactTestRenderer } from "react-test-renderer";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/// Shows nothing.
function Caller({ call }: { call: () => void }) {
  call();
  return null;
}

/// Runs a hook in a component of its own, for tests: there is no page, and React is the real one.
/// @param around puts the component into the providers that the hook asks for
export function runHook<P, T>(
  hook: (input: P) => T,
  input: P,
  around: (caller: ReactNode) => ReactNode = (caller) => caller,
) {
  const results: T[] = [];
  const shown = (next: P) => <>{around(<Caller call={() => results.push(hook(next))} />)}</>;
  let tree: ReactTestRenderer | undefined;
  act(() => {
    tree = create(shown(input));
  });
  return {
    /// What the hook returned last.
    get result(): T {
      return results.at(-1) as T;
    },
    change: (next: P) => act(() => tree?.update(shown(next))),
    end: () => act(() => tree?.unmount()),
  };
}
