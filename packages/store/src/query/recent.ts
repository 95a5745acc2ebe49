/**
 * Remembers the answers to the questions asked last. A question that fails is asked anew.
 *
 * @param most how many are remembered
 */
export function recentAnswers<Answer>(
  most: number,
): (question: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (question, ask) => {
    const answer = answers.get(question) ?? ask();
    // Moves to the end: the first one is always the longest unused.
    answers.delete(question);
    answers.set(question, answer);
    if (answers.size > most) answers.delete(answers.keys().next().value!);
    answer.catch(() => {
      if (answers.get(question) === answer) answers.delete(question);
    });
    return answer;
  };
}
