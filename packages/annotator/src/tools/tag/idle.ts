import type { Behaviour } from '../tool.ts';
import type { TagState } from './state.ts';

export const idle: Behaviour<TagState, TagState> = {};
