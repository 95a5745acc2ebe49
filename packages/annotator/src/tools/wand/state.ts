export type WandState = { readonly name: 'wand.idle' };

export const wandIdle: WandState = { name: 'wand.idle' };
