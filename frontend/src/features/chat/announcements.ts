import type { LiveAnswer } from "./live-answer";
import { type SpokenWords, sayable, spoken } from "./spoken-text";

export interface AnnouncedWords extends SpokenWords {
  complete: string;
  stopped: string;
}

/// A screen reader finishes a sentence sooner than this. More often, it would be kept from anything else.
export const restMillis = 3_000;

/// Tells an answer while it is written: whole sentences, at most every few seconds, each once. What was there
/// before somebody came is in the list to be read, and is not told.
export class Announcements {
  private id: string | null = null;
  private text = "";
  /// Up to where it was told; null until it is known what is new.
  private at: number | null = null;
  private ended: string | null = null;
  private over = false;
  private lastAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly words: AnnouncedWords,
    private readonly say: (sentences: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /// @param live as the store has it, at each of its changes
  hear(live: LiveAnswer | undefined) {
    if (live?.answer == null || (this.over && live.answer.id === this.id)) return;
    if (live.answer.id !== this.id) {
      this.id = live.answer.id;
      this.over = false;
      this.ended = null;
      this.at = live.catchUp ? null : 0;
      this.text = "";
    } else if (!live.text.startsWith(this.text.slice(0, this.at ?? 0))) {
      // It was begun anew.
      this.at = 0;
    }
    this.text = live.text;
    if (!live.catchUp) this.at ??= live.text.length;
    if (live.phase === "ended") {
      this.over = true;
      this.ended = this.ending(live);
    }
    this.schedule();
  }

  close() {
    clearTimeout(this.timer);
  }

  private schedule() {
    if (this.timer !== undefined || !this.hasNews()) return;
    this.timer = setTimeout(() => this.tell(), Math.max(0, this.lastAt + restMillis - this.now()));
  }

  private hasNews(): boolean {
    return this.ended !== null || (this.at !== null && sayable(this.text, this.at) > this.at);
  }

  private tell() {
    this.timer = undefined;
    const at = this.at ?? this.text.length;
    const to = this.ended === null ? sayable(this.text, at) : this.text.length;
    const sentences = [spoken(this.text.slice(at, to), this.words), this.ended ?? ""].filter(
      (one) => one !== "",
    );
    this.at = to;
    this.ended = null;
    if (sentences.length === 0) return;
    this.lastAt = this.now();
    this.say(sentences.join(" "));
    this.schedule();
  }

  /// A failure speaks for itself, where it stands.
  private ending({ answer }: LiveAnswer): string {
    if (answer?.status === "complete") return this.words.complete;
    return answer?.status === "stopped" ? this.words.stopped : "";
  }
}
