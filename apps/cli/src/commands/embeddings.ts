import { defineCommand } from '../definition/command.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { givenModel, modelOption } from '../workbench/model-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const embeddings = defineCommand({
  name: 'embeddings',
  summary:
    'Let a model compare the pictures or objects of a dataset: what is alike, what stands out',
  description:
    'The model looks at every picture that it has not seen before, in whatever dataset, and keeps what its backbone says of ' +
    'it. Then each picture is compared with all others. From then on queries know similar:ID, duplicates, nearest, outlier and ' +
    'within, and the pages a map. Run again when pictures have come.\n\n' +
    'With --objects it is the objects that are compared, each cut out of its picture. From then on queries ' +
    'know similarobject:ID and objectoutlier, which is high where an object is unlike the others of its category: its label ' +
    'may be wrong.\n\n' +
    'Ends with 1 where some pictures are missing or could not be read; the latter are named.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: modelOption,
    objects: { kind: 'flag', help: 'Compare the objects, not the pictures' },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki embeddings cells --model cells@champion',
      explains: 'Compare the pictures as the best model sees them',
    },
    {
      command: "npx migaki query cells 'duplicates>0' --sort duplicates",
      explains: 'Then list near-duplicates side by side',
    },
    {
      command: "npx migaki query cells 'similar:7' --sort similar",
      explains: 'Or what looks like image 7, the most alike first',
    },
    {
      command: 'npx migaki embeddings cells --model cells@champion --objects',
      explains: 'Compare the objects',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const model = givenModel(options.model);
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const started = await client.startEmbedding({
        params: { datasetId },
        body: { model, of: options.objects ? 'objects' : 'images' },
      });
      const { result } = await followJob(workbench, started.job, startProgress);
      const { problemCount, missingPictureCount } = result as Record<string, number>;
      return {
        exit: problemCount + missingPictureCount === 0 ? 'ok' : 'problems',
        report: () => plainEnglish(result) as object,
        text: (terminal) => transferText(result, terminal, 'Not looked at'),
      };
    });
  },
});
