"""Keeps pycocotools loaded and answers each JSON line on stdin with one JSON line on stdout.

Each question has a key "do", one of the names in `answers`; its other keys are that function's arguments. What
pycocotools cannot do is answered as {"error": "..."}.
"""

import contextlib
import io
import json
import sys
import time

import numpy as np
from pycocotools import mask as mask_api
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def as_rle(segmentation, height, width):
    """The mask of a segmentation, as COCO.annToRLE makes it; of a list of boxes too, which it takes as an array only."""
    if isinstance(segmentation, list):
        are_boxes = len(segmentation[0]) == 4
        parts = np.array(segmentation, dtype=float) if are_boxes else segmentation
        return mask_api.merge(mask_api.frPyObjects(parts, height, width))
    has_text = isinstance(segmentation["counts"], str)
    return segmentation if has_text else mask_api.frPyObjects(segmentation, height, width)


# Timing: one round of work on masks kept from a file, beside the same round of ours.

pictures = []
bitmaps = []


def load(truth, results, picture_count, bitmap_count):
    """Keeps the masks of the first pictures in the files' own form, and some of the results as bitmaps in rows."""
    with open(truth, "rb") as file:
        dataset = json.load(file)
    with open(results, "rb") as file:
        detections = json.load(file)
    by_id = {}
    for image in dataset["images"][:picture_count]:
        by_id[image["id"]] = {"size": (image["height"], image["width"]), "polygons": []}
        by_id[image["id"]].update(truths=[], crowd=[], results=[])
    for annotation in dataset["annotations"]:
        picture = by_id.get(annotation["image_id"])
        if picture is not None:
            segmentation = annotation["segmentation"]
            picture["truths"].append(as_rle(segmentation, *picture["size"]))
            picture["crowd"].append(annotation["iscrowd"])
            if isinstance(segmentation, list):
                picture["polygons"].append(segmentation)
    for detection in detections:
        if detection["image_id"] in by_id:
            by_id[detection["image_id"]]["results"].append(detection["segmentation"])
    pictures[:] = by_id.values()
    masks = [rle for picture in pictures for rle in picture["results"]][:bitmap_count]
    bitmaps[:] = [np.ascontiguousarray(mask_api.decode(rle)) for rle in masks]
    return {}


def rasterize():
    for picture in pictures:
        for polygons in picture["polygons"]:
            as_rle(polygons, *picture["size"])


def decode():
    for picture in pictures:
        for rle in picture["results"]:
            mask_api.decode(rle)


def encode():
    for bitmap in bitmaps:
        mask_api.encode(np.asfortranarray(bitmap))


def overlap():
    for picture in pictures:
        mask_api.iou(picture["results"], picture["truths"], picture["crowd"])


rounds = {"rasterize": rasterize, "decode": decode, "encode": encode, "overlap": overlap}


def seconds_of(work):
    started = time.perf_counter()
    rounds[work]()
    return {"seconds": time.perf_counter() - started}


# Comparing: what pycocotools makes of given masks and of given datasets.


def describe_masks(segmentations, height, width):
    """Text, area, box and number of pixels of each mask and of their union and intersection; the overlaps of all
    pairs of masks, every second one being a crowd."""
    rles = [with_bytes(as_rle(segmentation, height, width)) for segmentation in segmentations]
    masks = rles + [mask_api.merge(rles, intersect=intersect) for intersect in (False, True)]
    crowds = [index % 2 for index in range(len(rles))]
    return {
        "texts": [rle["counts"].decode() for rle in masks],
        "areas": mask_api.area(masks).tolist(),
        "boxes": mask_api.toBbox(masks).ravel().tolist(),
        "pixels": [mask_api.decode(rle).sum().item() for rle in masks],
        "overlaps": mask_api.iou(rles, rles, crowds).ravel().tolist(),
    }


def with_bytes(rle):
    counts = rle["counts"]
    return {"size": rle["size"], "counts": counts.encode() if isinstance(counts, str) else counts}


def evaluate(truth, results, iou_type, params):
    """All tables of COCOeval, flat, last index fastest, and the summary, or null where these parameters have none."""
    with contextlib.redirect_stdout(io.StringIO()):
        ground_truth = COCO()
        ground_truth.dataset = truth
        ground_truth.createIndex()
        evaluation = COCOeval(ground_truth, ground_truth.loadRes(results), iou_type)
        for name, value in params.items():
            setattr(evaluation.params, name, np.array(value) if name.endswith("Thrs") else value)
        evaluation.evaluate()
        evaluation.accumulate()
        if not params:
            evaluation.summarize()
    tables = {name: evaluation.eval[name].ravel().tolist() for name in ("precision", "recall", "scores")}
    return {**tables, "stats": None if params else evaluation.stats.tolist()}


answers = {
    "load": load,
    "seconds_of": seconds_of,
    "describe_masks": describe_masks,
    "evaluate": evaluate,
}

for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = answers[question.pop("do")](**question)
    except Exception as error:  # whatever pycocotools raises is its answer
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
