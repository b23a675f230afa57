/** One thing that was tried. */
export interface Proof {
  readonly tried: string;
  /** What was seen, or why it failed. */
  readonly seen: string;
  readonly outcome: 'proved' | 'failed';
  readonly seconds: number;
}

/** Tries one after the other and tells each at once. */
export class Proofs {
  readonly all: Proof[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /**
   * @param attempt answers with what was seen
   * @throws what the attempt threw, after it is noted: what comes next builds on it
   */
  async prove(tried: string, attempt: () => Promise<string>): Promise<void> {
    const start = performance.now();
    try {
      this.#note({ tried, seen: await attempt(), outcome: 'proved', seconds: since(start) });
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error);
      this.#note({ tried, seen, outcome: 'failed', seconds: since(start) });
      throw error;
    }
  }

  #note(proof: Proof): void {
    this.all.push(proof);
    const { tried, seen, outcome, seconds } = proof;
    this.#say(
      `${outcome === 'proved' ? 'ok    ' : 'FAILED'} ${tried} (${seconds.toFixed(1)} s)\n       ${seen}`,
    );
  }
}

const since = (start: number): number => (performance.now() - start) / 1_000;

/** What a reader must not conclude from a run in which everything was proved. */
export const NOT_PROVED = `What this does not prove:
- that AWS takes the template, and that its IAM allows what was allowed here: MiniStack is somebody else's reading of both;
- arm64, Lambda's sandbox, memory and time limits: the bundles ran in this machine's Node.js ${process.version};
- that EC2 and CloudWatch send these events, and when: they were put on the bus in the shapes that AWS documents;
- that an alarm goes off: the alarm was made by the stack's function, its event by this command;
- the move to gp3: MiniStack reports a finished modification, just now, of a volume that nobody modified, and the
  responder stands back from what somebody else has just changed;
- retries, dead-letter queues, throttling, encryption, and mail.`;

/** The last word of a run. */
export function summaryOf(proofs: readonly Proof[]): string {
  const proved = proofs.filter(({ outcome }) => outcome === 'proved').length;
  const seconds = proofs.reduce((sum, one) => sum + one.seconds, 0);
  return `${proved} of ${proofs.length} proved in ${seconds.toFixed(0)} s.`;
}
