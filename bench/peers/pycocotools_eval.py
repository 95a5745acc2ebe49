"""Evaluates a results file with pycocotools, as a whole process, and prints its numbers as one line of JSON.

    pycocotools_eval.py GT.json DT.json bbox|segm|keypoints
"""

import contextlib
import io
import json
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

ground_truth_path, results_path, iou_type = sys.argv[1:]
with contextlib.redirect_stdout(io.StringIO()):
    ground_truth = COCO(ground_truth_path)
    evaluation = COCOeval(ground_truth, ground_truth.loadRes(results_path), iou_type)
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
print(json.dumps({"stats": evaluation.stats.tolist()}))
