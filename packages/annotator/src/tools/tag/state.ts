/** Number keys say which categories the whole picture has; the pointer has nothing to do. See `operations/tags.ts`. */
export type TagState = { readonly name: 'tag.idle' };

export const tagIdle: TagState = { name: 'tag.idle' };
