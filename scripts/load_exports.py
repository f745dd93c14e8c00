"""Run by ``check_readers.py`` in ``.venv-readers``: load exports with other people's readers and compare the boxes.

Knows nothing of the program: what should be found is in ``expected.json``. Prints a JSON list, a row a reader.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

Found = tuple[str, int, int | None, list[float]]
"""Folder name of the sequence, frame from 0, number of the track or None where the reader has none, x, y, w, h."""

Reader = Callable[[Path], Iterator[Found]]

_CLIP, _MOT = "coco", "mot"


def coco_pycocotools(root: Path) -> Iterator[Found]:
    """Detection annotations; the pictures tell sequence and frame."""
    from pycocotools.coco import COCO  # noqa: PLC0415

    coco = COCO(str(root / "coco" / "annotations.json"))
    for it in coco.dataset["annotations"]:
        image = coco.loadImgs(it["image_id"])[0]
        yield image["file_name"].split("/")[0], image["frame_index"], it["track_id"], it["bbox"]


def coco_supervision(root: Path) -> Iterator[Found]:
    """``DetectionDataset.from_coco`` with the exported pictures."""
    import supervision  # noqa: PLC0415

    folder = root / "coco"
    data = supervision.DetectionDataset.from_coco(str(folder / "images"), str(folder / "annotations.json"))
    for path, _image, found in data:
        for corners in found.xyxy.tolist():
            yield Path(path).parent.name, int(Path(path).stem) - 1, None, _sides(corners)


def coco_datumaro(root: Path) -> Iterator[Found]:
    """``coco_instances`` from ``annotations/instances_default.json``."""
    folder = root / "coco-datumaro"
    (folder / "annotations").mkdir(parents=True, exist_ok=True)
    text = (root / "coco" / "annotations.json").read_text("utf-8")
    (folder / "annotations" / "instances_default.json").write_text(text, encoding="utf-8")
    (folder / "images").symlink_to(root / "coco" / "images")
    for item, box in _datumaro(folder, "coco_instances"):
        sequence, number = item.split("/")
        yield sequence, int(number) - 1, None, box.get_bbox()


def coco_trackeval(root: Path) -> Iterator[Found]:
    """The ``TAO`` class, ground truth against itself as a tracker's result."""
    import trackeval  # noqa: PLC0415

    folder = root / "tao"
    (folder / "gt").mkdir(parents=True, exist_ok=True)
    (folder / "trackers" / "self" / "data").mkdir(parents=True, exist_ok=True)
    content = json.loads((root / "coco" / "annotations.json").read_text("utf-8"))
    (folder / "gt" / "gt.json").write_text(json.dumps(content))
    (folder / "trackers" / "self" / "data" / "r.json").write_text(
        json.dumps([{**it, "score": 1.0} for it in content["annotations"]])
    )
    data = trackeval.datasets.TAO(
        {
            "GT_FOLDER": str(folder / "gt"),
            "TRACKERS_FOLDER": str(folder / "trackers"),
            "OUTPUT_FOLDER": str(folder / "out"),
            "PRINT_CONFIG": False,
        }
    )
    # it passes over pictures without annotations and numbers the tracks anew
    images = {it["id"]: it for it in content["images"]}
    seen: dict[str, set[int]] = {}
    for it in content["annotations"]:
        image = images[it["image_id"]]
        seen.setdefault(image["file_name"].split("/")[0], set()).add(image["frame_index"])
    for sequence in data.seq_list:
        raw = data.get_raw_seq_data("self", sequence)
        for frame, boxes in zip(sorted(seen[sequence]), raw["gt_dets"], strict=False):
            for sides in boxes:
                yield sequence, frame, None, list(sides)


def mot_motmetrics(root: Path) -> Iterator[Found]:
    """``loadtxt`` takes one off each corner, as the official text wants."""
    import motmetrics  # noqa: PLC0415

    for file in sorted((root / "mot").glob("*/gt/gt.txt")):
        table = motmetrics.io.loadtxt(str(file), fmt="mot16", min_confidence=1)
        for (frame, track), row in table.iterrows():
            box = [row["X"], row["Y"], row["Width"], row["Height"]]
            yield file.parent.parent.name, int(frame) - 1, int(track), box


def mot_trackers(root: Path) -> Iterator[Found]:
    """Boxes as they stand in the file: the export with base 0."""
    from trackers.io.mot import load_mot_file  # noqa: PLC0415

    for file in sorted((root / "mot-0").glob("*/gt/gt.txt")):
        for frame, data in load_mot_file(file).items():
            for track, box in zip(data.ids.tolist(), data.boxes.tolist(), strict=True):
                yield file.parent.parent.name, frame - 1, int(track), box


def mot_datumaro(root: Path) -> Iterator[Found]:
    """``mot_seq``, boxes as they stand in the file: the export with base 0, with its pictures."""
    for folder in sorted(it.parent for it in (root / "mot-0").glob("*/seqinfo.ini")):
        for item, box in _datumaro(folder, "mot_seq"):
            # it numbers the tracks anew
            yield folder.name, int(item) - 1, None, box.get_bbox()


def mot_trackeval(root: Path) -> Iterator[Found]:
    """``MotChallenge2DBox``, ground truth as it reads it: no shift, so base 0; its own result as the tracker's."""
    import trackeval  # noqa: PLC0415

    folder = root / "mot-0"
    results = root / "mot-results" / "self" / "data"
    results.mkdir(parents=True, exist_ok=True)
    lengths = {}
    for file in folder.glob("*/gt/gt.txt"):
        name = file.parent.parent.name
        rows = [line.split(",")[:6] for line in file.read_text("utf-8").splitlines()]
        (results / f"{name}.txt").write_text("".join(",".join([*row, "1", "-1", "-1", "-1"]) + "\n" for row in rows))
        lengths[name] = None
    data = trackeval.datasets.MotChallenge2DBox(
        {
            "GT_FOLDER": str(folder),
            "TRACKERS_FOLDER": str(root / "mot-results"),
            "SEQ_INFO": lengths,
            "SKIP_SPLIT_FOL": True,
            "DO_PREPROC": False,
            "BENCHMARK": "MOT15",
            "PRINT_CONFIG": False,
        }
    )
    for sequence in data.seq_list:
        raw = data.get_raw_seq_data("self", sequence)
        for frame, (ids, boxes) in enumerate(zip(raw["gt_ids"], raw["gt_dets"], strict=True)):
            for track, box in zip(ids.tolist(), boxes.tolist(), strict=True):
                yield sequence, frame, int(track), box


def cvat_datumaro(root: Path) -> Iterator[Found]:
    """``cvat``; boxes that are outside are in it with a flag."""
    for file in sorted((root / "cvat").glob("*.xml")):
        for item, box in _datumaro(file, "cvat"):
            if not box.attributes.get("outside"):
                frame = int(item.rpartition("_")[2])
                yield file.stem, frame, int(box.attributes["track_id"]), box.get_bbox()


def label_studio_sdk(root: Path) -> Iterator[Found]:
    """Key frames, and those between them by the SDK's interpolation."""
    from label_studio_sdk._extensions.label_studio_tools.postprocessing.video import (  # noqa: PLC0415
        extract_key_frames,
    )

    sizes = json.loads((root / "expected.json").read_text("utf-8"))["sizes"]
    for task in json.loads((root / "label-studio" / "annotations.json").read_text("utf-8")):
        sequence = task["meta"]["dimple"]["name"]
        width, height = sizes[sequence]
        for result in extract_key_frames(task["annotations"][0]["result"]):
            for it in result["value"]["sequence"]:
                box = [it["x"] * width, it["y"] * height, it["width"] * width, it["height"] * height]
                yield sequence, it["frame"] - 1, int(result["id"].split("-")[1]), [side / 100 for side in box]


def yolo_supervision(root: Path) -> Iterator[Found]:
    """``DetectionDataset.from_yolo`` with the exported pictures."""
    import supervision  # noqa: PLC0415

    folder = root / "yolo"
    data = supervision.DetectionDataset.from_yolo(
        str(folder / "images" / "train"), str(folder / "labels" / "train"), str(folder / "data.yaml")
    )
    yield from _supervision(data)


def yolo_datumaro(root: Path) -> Iterator[Found]:
    """``yolo`` in the layout of Ultralytics."""
    for item, box in _datumaro(root / "yolo", "yolo"):
        yield *_named(item), None, box.get_bbox()


def voc_supervision(root: Path) -> Iterator[Found]:
    """``DetectionDataset.from_pascal_voc`` reads by the development kit: base 1."""
    import supervision  # noqa: PLC0415

    folder = root / "voc"
    data = supervision.DetectionDataset.from_pascal_voc(str(folder / "JPEGImages"), str(folder / "Annotations"))
    yield from _supervision(data)


def voc_datumaro(root: Path) -> Iterator[Found]:
    """``voc_detection`` takes the numbers for edges: base 0."""
    for item, box in _datumaro(root / "voc-0", "voc_detection"):
        yield *_named(item), None, box.get_bbox()


def otb_got10k(root: Path) -> Iterator[Found]:
    """The ``OTB`` class; it does not take the 1 off, so that is done here."""
    from got10k.datasets import OTB  # noqa: PLC0415

    names = sorted(it.name for it in (root / "otb").iterdir() if it.is_dir())
    OTB._OTB__version_dict["exported"] = names  # noqa: SLF001  # it knows only the sequences of the published set
    data = OTB(str(root / "otb"), "exported", download=False)
    for name, (_pictures, boxes) in zip(data.seq_names, data, strict=True):
        yield from _target(name, boxes - [1, 1, 0, 0])


def got10k_got10k(root: Path) -> Iterator[Found]:
    """The ``GOT10k`` class with its labels."""
    from got10k.datasets import GOT10k  # noqa: PLC0415

    data = GOT10k(str(root / "got10k"), "train", return_meta=True)
    for name, (pictures, boxes, meta) in zip(data.seq_names, data, strict=True):
        if len(pictures) != len(boxes) or len(meta["absence"]) != len(boxes):
            raise ValueError(f"{name}: pictures, boxes and labels differ in number")
        yield from _target(name, np.where(meta["absence"][:, None] == 1, 0, boxes))


def lasot_got10k(root: Path) -> Iterator[Found]:
    """The ``LaSOT`` class, past its constructor, which calls its own check with too many arguments (0.1.3)."""
    from got10k.datasets import LaSOT  # noqa: PLC0415

    sequences = json.loads((root / "lasot" / "targets.json").read_text("utf-8"))
    data = LaSOT.__new__(LaSOT)
    files = sorted((root / "lasot").glob("*/*/groundtruth.txt"))
    data.anno_files, data.seq_dirs = [str(it) for it in files], [str(it.parent / "img") for it in files]
    data.seq_names, data.return_meta = [it.parent.name for it in files], True
    for name, (pictures, boxes, meta) in zip(data.seq_names, data, strict=True):
        if len(pictures) != len(boxes) or len(meta["out_of_view"]) != len(boxes):
            raise ValueError(f"{name}: pictures, boxes and labels differ in number")
        target = f"{sequences[name]['sequence']}-{name.rpartition('-')[2]}"
        yield from _target(target, np.where(meta["out_of_view"][:, None] == 1, 0, boxes))


def youtube_vis_trackeval(root: Path) -> Iterator[Found]:
    """The ``YouTubeVIS`` class compares masks and cannot read boxes."""
    raise NotImplementedError("TrackEval reads masks of this format, never boxes")


def csv_pandas(root: Path) -> Iterator[Found]:
    """``read_csv`` and the names of the columns."""
    import pandas as pd  # noqa: PLC0415

    table = pd.read_csv(root / "csv" / "annotations.csv")
    for row in table[table["source"] != "outside"].itertuples():
        yield row.sequence, int(row.frame_from_0), row.track_id, [row.left_px, row.top_px, row.width_px, row.height_px]


READERS: tuple[tuple[str, str, Reader, bool], ...] = (
    ("coco", "pycocotools", coco_pycocotools, True),
    ("coco", "datumaro", coco_datumaro, True),
    ("coco", "supervision", coco_supervision, True),
    ("coco", "trackeval", coco_trackeval, True),
    ("youtube-vis", "trackeval", youtube_vis_trackeval, True),
    ("mot", "motmetrics", mot_motmetrics, False),
    ("mot", "trackeval", mot_trackeval, False),
    ("mot", "datumaro", mot_datumaro, False),
    ("mot", "trackers", mot_trackers, False),
    ("cvat", "datumaro", cvat_datumaro, False),
    ("label-studio", "label-studio-sdk", label_studio_sdk, True),
    ("yolo", "supervision", yolo_supervision, True),
    ("yolo", "datumaro", yolo_datumaro, True),
    ("voc", "supervision", voc_supervision, True),
    ("voc", "datumaro", voc_datumaro, True),
    ("otb", "got10k", otb_got10k, False),
    ("got10k", "got10k", got10k_got10k, False),
    ("lasot", "got10k", lasot_got10k, False),
    ("csv", "pandas", csv_pandas, False),
)
"""Format, package, reader, and whether the format cuts boxes at the border."""


def _sides(corners: list[float]) -> list[float]:
    left, top, right, bottom = corners
    return [left, top, right - left, bottom - top]


def _named(stem: str) -> tuple[str, int]:
    sequence, _, number = stem.rpartition("/")[2].rpartition("_")
    return sequence, int(number) - 1


def _supervision(data: object) -> Iterator[Found]:
    for path, _image, found in data:
        for corners in found.xyxy.tolist():
            yield *_named(Path(path).stem), None, _sides(corners)


def _datumaro(path: Path, format_name: str) -> Iterator[tuple[str, object]]:
    import datumaro  # noqa: PLC0415

    for item in datumaro.Dataset.import_from(str(path), format_name):
        for annotation in item.annotations:
            if annotation.type == datumaro.AnnotationType.bbox:
                yield item.id, annotation


def _target(name: str, boxes: np.ndarray) -> Iterator[Found]:
    sequence, _, track = name.rpartition("-")
    for frame, box in enumerate(boxes.tolist()):
        if box[2] > 0:
            yield sequence, frame, int(track), box


def compare(found: list[Found], expected: list[dict[str, object]], *, clip: bool) -> tuple[int, float]:
    """How many boxes were compared, and their largest difference in pixels.

    Raises:
        ValueError: Some are missing or too many.
    """
    kind = "clipped" if clip else "box"
    wanted: dict[tuple[object, ...], list[list[float]]] = {}
    got: dict[tuple[object, ...], list[list[float]]] = {}
    by_track = all(track is not None for _, _, track, _ in found)
    for it in expected:
        if it[kind] is not None:
            key = (it["sequence"], it["frame"], it["track"] if by_track else None)
            wanted.setdefault(key, []).append(it[kind])
    for sequence, frame, track, box in found:
        got.setdefault((sequence, frame, track if by_track else None), []).append([float(side) for side in box])
    if wanted.keys() != got.keys() or any(len(wanted[key]) != len(got[key]) for key in wanted):
        missing = [key for key in wanted if len(wanted[key]) > len(got.get(key, []))]
        extra = [key for key in got if len(got[key]) > len(wanted.get(key, []))]
        raise ValueError(f"missing {missing[:3]}, too many {extra[:3]}")
    worst = 0.0
    for key, boxes in wanted.items():
        for one, two in zip(sorted(boxes), sorted(got[key]), strict=True):
            worst = max(worst, float(np.abs(np.array(one) - np.array(two)).max()))
    return len(found), worst


def main() -> None:
    """Read everything under the folder that is named."""
    root = Path(sys.argv[1])
    expected = json.loads((root / "expected.json").read_text("utf-8"))["boxes"]
    rows = []
    for format_name, package, reader, clip in READERS:
        row: dict[str, object] = {"format": format_name, "reader": package}
        try:
            row["version"] = importlib.metadata.version(package)
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                row["boxes"], row["difference"] = compare(list(reader(root)), expected, clip=clip)
        except (importlib.metadata.PackageNotFoundError, ImportError) as error:
            row["absent"] = f"not installed here ({error})"
        except NotImplementedError as error:
            row["absent"] = str(error)
        except Exception as error:  # noqa: BLE001  # whatever a reader raises is its answer
            row["wrong"] = f"{type(error).__name__}: {error}"[:300]
        rows.append(row)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
