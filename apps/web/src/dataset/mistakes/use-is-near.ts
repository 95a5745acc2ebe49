import { type RefObject, useEffect, useState } from 'react';

/** Whether an element has come near to what is in view; true from then on. */
export function useIsNear(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      ([entry], self) => {
        if (entry?.isIntersecting !== true) return;
        setNear(true);
        self.disconnect();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}
