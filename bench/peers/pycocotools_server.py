"""Keeps pycocotools loaded and answers one JSON line on stdin with one JSON line on stdout.

Every question has a key "do" that names one of the functions at the end; the other keys are its arguments. What goes
wrong is answered as {"error": "..."}.
"""

import contextlib
import copy
import io
import json
import sys
import time

import numpy as np
from pycocotools import mask as mask_api
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

workload = {}


def load(truth, results, pictures):
    """Keeps the masks of the first pictures, in the files' own form, for `time`."""
    with open(truth, "rb") as file:
        dataset = json.load(file)
    with open(results, "rb") as file:
        detections = json.load(file)
    by_image = {image["id"]: {"image": image, "truth": [], "results": []} for image in dataset["images"][:pictures]}
    for annotation in dataset["annotations"]:
        if annotation["image_id"] in by_image:
            by_image[annotation["image_id"]]["truth"].append(annotation)
    for detection in detections:
        if detection["image_id"] in by_image:
            by_image[detection["image_id"]]["results"].append(detection["segmentation"])
    for picture in by_image.values():
        picture["truth_masks"] = [as_rle(annotation["segmentation"], picture["image"]) for annotation in picture["truth"]]
        picture["crowd"] = [annotation["iscrowd"] for annotation in picture["truth"]]
    workload["pictures"] = list(by_image.values())
    texts = [rle for picture in workload["pictures"] for rle in picture["results"]]
    workload["bitmaps"] = [np.ascontiguousarray(mask_api.decode(rle)) for rle in texts[:500]]
    return {"results": len(texts)}


def as_rle(segmentation, image):
    rle = mask_api.frPyObjects(segmentation, image["height"], image["width"])
    return mask_api.merge(rle) if isinstance(segmentation, list) else rle


def rasterize():
    for picture in workload["pictures"]:
        for annotation in picture["truth"]:
            if isinstance(annotation["segmentation"], list):
                as_rle(annotation["segmentation"], picture["image"])


def decode():
    for picture in workload["pictures"]:
        for rle in picture["results"]:
            mask_api.decode(rle)


def encode():
    for bitmap in workload["bitmaps"]:
        mask_api.encode(np.asfortranarray(bitmap))


def iou():
    for picture in workload["pictures"]:
        mask_api.iou(picture["results"], picture["truth_masks"], picture["crowd"])


def seconds_of(work):
    """How long one round of the work takes."""
    started = time.perf_counter()
    {"rasterize": rasterize, "decode": decode, "encode": encode, "iou": iou}[work]()
    return {"seconds": time.perf_counter() - started}
