/** One call for what many parts of a page ask for at the same time. */

interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Collects what is asked for in one turn of the page.
 *
 * @param most in one call
 * @param ask answers in order
 */
export function batched<Asked, Answer>(
  most: number,
  ask: (all: Asked[]) => Promise<readonly Answer[]>,
): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = [];
  const askFor = async (batch: readonly Waiting<Asked, Answer>[]): Promise<void> => {
    try {
      const answers = await ask(batch.map(({ asked }) => asked));
      if (answers.length !== batch.length)
        throw new Error(`expected ${batch.length} answers, got ${answers.length}`);
      // As many as were asked for.
      for (const [k, { resolve }] of batch.entries()) resolve(answers[k]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (waiting.length > 1) return;
      setTimeout(() => {
        const all = waiting;
        waiting = [];
        for (let start = 0; start < all.length; start += most) void askFor(all.slice(start, start + most));
      }, 0);
    });
}
