// Looking things up in an element and its children.

import { isXmlText } from './characters.ts';
import type { XmlElement } from './parse.ts';

/** The first child of that name. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** All children of that name, in order. */
export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of that name, undefined where there is no such child. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = childNamed(element, name);
  return child === undefined ? undefined : unpadded(child.text);
}

/**
 * The text as it is, but for one that starts or ends on a line of its own: that is how programs lay out XML,
 * while spaces within the line may be meant.
 */
export function unpadded(text: string): string {
  const inner = text.trim();
  if (inner === '') return text.includes('\n') ? '' : text;
  const before = text.slice(0, text.length - text.trimStart().length);
  const after = text.slice(text.trimEnd().length);
  return (before.includes('\n') ? '' : before) + inner + (after.includes('\n') ? '' : after);
}

/** Whether `unpadded` gives the text back after it went through a file. */
export function isCarriedText(text: string): boolean {
  return isXmlText(text) && unpadded(text) === text;
}
