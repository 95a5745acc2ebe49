// Draws when there is something to draw, once a frame at most.

export interface FrameLoop {
  request(): void;
  stop(): void;
}

/** @param draw answers whether it has more to do in the next frame */
export function createFrameLoop(draw: (nowMillis: number) => boolean): FrameLoop {
  let frame: number | null = null;
  const run = (nowMillis: number) => {
    frame = null;
    if (draw(nowMillis)) request();
  };
  const request = () => {
    frame ??= requestAnimationFrame(run);
  };
  return {
    request,
    stop() {
      if (frame !== null) cancelAnimationFrame(frame);
      frame = null;
    },
  };
}
