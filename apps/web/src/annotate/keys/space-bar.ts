// The space bar moves the picture while it is held. In a preset where it is a key of its own, it is that when it was not
// used for moving.

let isDown = false;
let isUsed = false;
const listeners = new Set<(isHeld: boolean) => void>();

const tell = () => {
  for (const listener of listeners) listener(isDown);
};

export const spaceBar = {
  isHeld: (): boolean => isDown,
  use(): void {
    isUsed = true;
  },
  press(): void {
    if (isDown) return;
    isDown = true;
    isUsed = false;
    tell();
  },
  /** @returns whether it was pressed for itself */
  release(): boolean {
    const wasPressed = isDown && !isUsed;
    isDown = false;
    tell();
    return wasPressed;
  },
  /** @returns what ends it */
  listen(listener: (isHeld: boolean) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
