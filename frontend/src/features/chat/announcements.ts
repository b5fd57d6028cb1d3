import type { LiveAnswer } from "./live-answer";
import { type SpokenWords, sayable, spoken } from "./spoken-text";

export interface AnnouncedWords extends SpokenWords {
  complete: string;
  stopped: string;
  /// Stands for what would take too long to hear.
  more: string;
}

/// A screen reader finishes a sentence sooner than this. More often, it would be kept from anything else.
export const restMillis = 3_000;
/// How often a text that grows with each frame is looked at for a sentence that has ended.
const lookMillis = 250;
/// About a minute of speech. Of what comes at once, as from a device that was asleep, only the beginning is told.
const longestTelling = 1_000;
/// Enough of what was told to know that a text goes on from there.
const remembered = 100;

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
  private lookedAt = Number.NEGATIVE_INFINITY;
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
    } else if (!this.goesOn(live.text)) {
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

  private goesOn(text: string): boolean {
    const at = this.at ?? 0;
    const from = Math.max(0, at - remembered);
    return text.startsWith(this.text.slice(from, at), from);
  }

  private schedule() {
    if (this.timer !== undefined) return;
    const next = Math.max(this.lastAt + restMillis, this.lookedAt + lookMillis);
    this.timer = setTimeout(() => this.tell(), Math.max(0, next - this.now()));
  }

  private tell() {
    this.timer = undefined;
    this.lookedAt = this.now();
    const at = this.at ?? this.text.length;
    const to = this.ended === null ? sayable(this.text, at) : this.text.length;
    const sentences = [this.shortened(spoken(this.text.slice(at, to), this.words)), this.ended ?? ""].filter(
      (one) => one !== "",
    );
    if (this.at !== null) this.at = to;
    this.ended = null;
    if (sentences.length === 0) return;
    this.lastAt = this.now();
    this.say(sentences.join(" "));
  }

  private shortened(sentences: string): string {
    if (sentences.length <= longestTelling) return sentences;
    const beginning = sentences.slice(0, longestTelling);
    const whole = beginning.slice(0, sayable(`${beginning} `, 0)).trim();
    return `${whole === "" ? beginning.slice(0, beginning.lastIndexOf(" ")) : whole} ${this.words.more}`;
  }

  /// A failure speaks for itself, where it stands.
  private ending({ answer }: LiveAnswer): string {
    if (answer?.status === "complete") return this.words.complete;
    return answer?.status === "stopped" ? this.words.stopped : "";
  }
}
