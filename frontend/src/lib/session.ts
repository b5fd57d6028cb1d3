import { create } from "zustand";
import { ApiError } from "@/api/api-error";
import * as auth from "@/api/auth";
import { actAs, forgetAnswers, onOtherAccount, onSessionEnd, renewSessionOrEnd } from "@/api/http";
import type { User } from "@/api/types";
import { browserStorage, tabStorage } from "./browser-storage";

/// `expired` is a session that ended under the person's hands: the page stays, and asks to sign in.
type Session =
  | { status: "unknown"; user: null; error: Error | null }
  | { status: "signed-out"; user: null; error: null }
  | { status: "signed-in" | "expired"; user: User; error: null };

const useSession = create<Session>(() => ({ status: "unknown", user: null, error: null }));

type Announcement = { type: "signed-in"; userId: string } | { type: "signed-out"; userId: string };
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("parley.session");
const announce = (announcement: Announcement) => tabs?.postMessage(announcement);

/// Who is signed in, and what can be done about it.
export interface AuthStore {
  user: User | null;
  isAuthenticated: boolean;
  login: (credentials: auth.Credentials) => Promise<void>;
  logout: () => Promise<void>;
  /// Renews the session's tokens before they expire by themselves.
  refreshToken: () => Promise<void>;
}

const told = (session: Session) => ({
  ...session,
  isAuthenticated: session.status === "signed-in",
  login: signIn,
  logout: signOut,
  refreshToken,
});

/// The session as far as it is known: an `AuthStore`, and how it stands in more detail.
export const useAuth = () => told(useSession());

export const useAuthStore: () => AuthStore = useAuth;

/// For code outside of React.
export const authStore = (): AuthStore => told(useSession.getState());

async function refreshToken() {
  await renewSessionOrEnd(Date.now());
}

let leaving = false;

/// The signed-in user's id for code outside of React; null when nobody is, or somebody is just leaving.
export const currentUserId = (): string | null => (leaving ? null : (useSession.getState().user?.id ?? null));

export async function loadSession() {
  try {
    signedIn(await auth.fetchMe());
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      if (error.details.other_account === true) return;
      useSession.setState({ status: "signed-out", user: null, error: null }, true);
      return;
    }
    useSession.setState({ status: "unknown", user: null, error: error as Error }, true);
  }
}

export async function signIn(credentials: auth.Credentials) {
  enter(await auth.login(credentials));
}

export async function signInWithCode(challenge: string, code: string) {
  enter(await auth.loginWithCode(challenge, code));
}

export async function signUp(registration: auth.Registration) {
  enter(await auth.register(registration));
}

/// The server has let this person in.
export function enter(user: User) {
  signedIn(user);
  announce({ type: "signed-in", userId: user.id });
}

/// Ends the session and erases what was typed and not sent: this may be a borrowed machine.
export async function signOut() {
  const userId = currentUserId();
  await auth.logout().catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  });
  leave(userId);
}

/// The account is gone, and its session with it.
export const leaveDeletedAccount = () => leave(currentUserId());

function leave(userId: string | null) {
  leaving = true;
  forgetAnswers();
  if (userId !== null) {
    forgetUser(userId);
    announce({ type: "signed-out", userId });
  }
  // A fresh page is the one sure way to leave nothing of this person in memory.
  location.assign("/");
}

/// What this browser keeps of one user goes under this prefix, so that signing out can find all of it.
export const userKey = (userId: string, name: string) => `parley.user.${userId}.${name}`;

function forgetUser(userId: string) {
  for (const storage of [browserStorage, tabStorage]) {
    for (const key of storage.keys()) {
      if (key.startsWith(userKey(userId, ""))) storage.removeItem(key);
    }
  }
}

export function updateUser(user: User) {
  if (useSession.getState().status === "signed-in") signedIn(user);
}

function signedIn(user: User) {
  const before = useSession.getState().user;
  if (before !== null && before.id !== user.id) {
    location.assign("/chat");
    return;
  }
  actAs(user.id);
  useSession.setState({ status: "signed-in", user, error: null }, true);
}

// A fresh page is that person's.
onOtherAccount(() => location.assign("/chat"));

onSessionEnd(() => {
  const { user } = useSession.getState();
  if (user === null) {
    useSession.setState({ status: "signed-out", user: null, error: null }, true);
    return;
  }
  useSession.setState({ status: "expired", user, error: null }, true);
});

if (tabs !== null) {
  tabs.onmessage = ({ data }: MessageEvent<Announcement>) => {
    const { status, user } = useSession.getState();
    if (data.type === "signed-out") {
      // Tabs share cookies and not always a person: somebody else may have left another tab.
      if (user === null || data.userId !== user.id) return;
      leaving = true;
      // The tab that signed out erased it too, but this one may have written since.
      forgetUser(user.id);
      location.assign("/");
      return;
    }
    if (user !== null && user.id !== data.userId) {
      location.assign("/chat");
      return;
    }
    if (status !== "signed-in") void loadSession();
  };
}

/// Waits until somebody is signed in, or the signal says that nobody waits any longer.
export function signedInAgain(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stop();
      resolve();
    };
    const stop = useSession.subscribe(({ status }) => {
      if (status === "signed-in") end();
    });
    signal.addEventListener("abort", end, { once: true });
    if (useSession.getState().status === "signed-in") end();
  });
}
