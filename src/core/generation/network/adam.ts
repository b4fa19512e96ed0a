/** The optimiser of fine-tuning and steering. */

export interface Adam {
  /** Changes the parameters in place. @param rate learning rate of this step */
  step(parameters: Float32Array, gradient: Float32Array, rate: number): void;
}

const BETA_1 = 0.9;
const BETA_2 = 0.99;
const EPSILON = 1e-8;
const LARGEST_NORM = 1;

/** Adam (arXiv:1412.6980) with the gradient scaled down to norm 1 where it is longer. */
export function createAdam(size: number): Adam {
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  let steps = 0;
  return {
    step(parameters, gradient, rate) {
      steps++;
      let squares = 0;
      for (let i = 0; i < size; i++) squares += gradient[i]! * gradient[i]!;
      const scale = Math.min(1, LARGEST_NORM / (Math.sqrt(squares) + 1e-12));
      const corrected = (rate * Math.sqrt(1 - BETA_2 ** steps)) / (1 - BETA_1 ** steps);
      for (let i = 0; i < size; i++) {
        const g = gradient[i]! * scale;
        first[i] = BETA_1 * first[i]! + (1 - BETA_1) * g;
        second[i] = BETA_2 * second[i]! + (1 - BETA_2) * g * g;
        parameters[i]! -= (corrected * first[i]!) / (Math.sqrt(second[i]!) + EPSILON);
      }
    },
  };
}
