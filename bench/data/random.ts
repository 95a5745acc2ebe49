// Seeded random numbers for synthetic data: the trainer's, so that there is one source of them.

export { type Random, randomOf } from '../../packages/train/src/random/random.ts';
