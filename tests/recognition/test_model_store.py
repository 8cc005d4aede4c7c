"""Models come as folders and archives from anywhere: whole ones are installed, the rest is not."""

import os
import shutil
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.ears import second_ears
from voicekiosk.recognition.installed_models import installed, strays, verify_installed
from voicekiosk.recognition.model_store import PARCEL, add, remove
from voicekiosk.unpacking import room

from .test_model_folder import MODELS
from .test_native_ear import OTHERS, SAID
from .test_vosk_recognizer import needs_a_voice, spoken

TODAY = date(2026, 11, 24)
WORDS = {"ky": ["документтер", "депортация", "кыргызча"], "ru": ["паспорт", "вокзал", "билет"]}
NAME = "vosk-model-small-ky-0.99"


@pytest.fixture
def models(tmp_path) -> Path:
    """A models folder as it was delivered, without the first ear."""
    folder = tmp_path / "models"
    shutil.copytree(MODELS / "sphinx-ky", folder / "sphinx-ky")
    shutil.copy(MODELS / "catalogue.toml", folder)
    return folder


@pytest.fixture(scope="module")
def archive(plain_model, tmp_path_factory) -> Path:
    return packed(plain_model, tmp_path_factory.mktemp("archive") / f"{NAME}.zip", f"{NAME}/")


def packed(folder: Path, archive: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            whole.write(file, prefix + file.relative_to(folder).as_posix())
    return archive


def install(source: Path, models: Path, **options):
    return add(source, models, WORDS, TODAY, **options)


def untouched(models: Path) -> bool:
    return sorted(p.name for p in models.iterdir()) == ["catalogue.toml", "sphinx-ky"]


def names(models: Path) -> list[str]:
    return [ear.name for ear in second_ears(models)]


@needs_a_voice
def test_an_archive_becomes_a_second_ear_and_goes_again(archive, models):
    added = install(archive, models)
    assert (added.name, added.languages, added.added) == (NAME, ("ky-KG",), "2026-11-24")
    verify_installed(models / NAME)
    _, ear = second_ears(models)
    ear.learn(SAID, OTHERS)
    assert ear.judge(spoken("депортация"), ["документтер", "депортация"]).best == "депортация"
    remove(NAME, models)
    assert untouched(models) and names(models) == ["sphinx-ky"]


def test_a_folder_is_as_good_as_an_archive_and_stays_where_it_was(plain_model, models, tmp_path):
    source = shutil.copytree(plain_model, tmp_path / NAME)
    assert install(source, models).name == NAME
    assert (source / "am" / "final.mdl").exists()


def test_an_archive_without_a_folder_inside_is_named_after_its_file(plain_model, models, tmp_path):
    flat = packed(plain_model, tmp_path / "vosk-model-small-ky-1.zip")
    assert install(flat, models).name == "vosk-model-small-ky-1"


def test_a_checksum_that_fits_is_taken_in_either_case(archive, models):
    from voicekiosk.recognition.installed_models import sha256_of

    assert install(archive, models, sha256=sha256_of(archive).upper()).name == NAME


def test_a_checksum_that_does_not_fit_is_refused(archive, models):
    with pytest.raises(RecognitionError, match="another checksum"):
        install(archive, models, sha256="0" * 64)
    assert untouched(models)


def test_a_second_of_the_same_name_is_refused(archive, models):
    install(archive, models)
    with pytest.raises(RecognitionError, match=f"models remove {NAME}"):
        install(archive, models)
    assert NAME in installed(models)


def test_an_archive_cut_off_anywhere_is_refused(archive, models, tmp_path):
    whole = archive.read_bytes()
    for share in (0, 0.1, 0.5, 0.99):
        cut = tmp_path / "vosk-model-small-ky-0.99.zip"
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(RecognitionError, match=r"cut off or no \.zip"):
            install(cut, models)
    assert untouched(models)


def test_a_flipped_byte_is_noticed(archive, models, tmp_path):
    whole = bytearray(archive.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(whole)
    with pytest.raises(RecognitionError, match=r"cut off or no \.zip"):
        install(tmp_path / "flipped.zip", models)
    assert untouched(models)


def evil(path: Path, name: str, *, content: bytes = b"x", mode: int = 0, times: int = 1) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for _ in range(times):
            entry = zipfile.ZipInfo()
            entry.filename = name  # as it is: ZipInfo's own constructor would tidy it
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            whole.writestr(entry, content)
    return path


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("../escaped", {}, "outside its folder"),
        ("a/../../escaped", {}, "outside its folder"),
        ("/escaped", {}, "outside its folder"),
        ("..\\escaped", {}, "outside its folder"),
        ("C:\\escaped", {}, "outside its folder"),
        ("link", {"mode": stat.S_IFLNK | 0o777, "content": b"/etc/passwd"}, "a link or a device"),
        ("pipe", {"mode": stat.S_IFIFO | 0o666}, "a link or a device"),
        ("bomb", {"content": bytes(20_000_000)}, "no model is like that"),
        ("many", {"times": 2001}, "no model is like that"),
        ("twice", {"times": 2}, "twice"),
        ("README", {}, "is no recognition model"),
    ],
)
def test_an_archive_that_means_harm_is_refused_and_writes_nowhere(
    models, tmp_path, name, more, said
):
    with pytest.raises(RecognitionError, match=said):
        install(evil(tmp_path / "evil.zip", name, **more), models)
    assert untouched(models)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evil.zip", "models"]


def test_a_file_that_is_no_archive_is_refused(models, tmp_path):
    (tmp_path / "model.zip").write_text("not found")
    with pytest.raises(RecognitionError, match=r"cut off or no \.zip"):
        install(tmp_path / "model.zip", models)
    with pytest.raises(RecognitionError, match="there is nothing at"):
        install(tmp_path / "model.tar", models)


def test_a_folder_that_is_no_model_is_refused_without_copying_it(models, tmp_path):
    (tmp_path / "holiday" / "photos").mkdir(parents=True)
    with pytest.raises(RecognitionError, match="holiday is no recognition model"):
        install(tmp_path / "holiday", models)
    assert untouched(models)


def test_a_folder_with_links_is_refused(plain_model, models, tmp_path):
    source = shutil.copytree(plain_model, tmp_path / NAME)
    (source / "ivector").symlink_to("/etc")
    with pytest.raises(RecognitionError, match=r"holds a link \(ivector\)"):
        install(source, models)
    assert untouched(models)


def test_a_network_cut_off_is_found_out_without_ending_this_process(plain_model, models, tmp_path):
    source = shutil.copytree(plain_model, tmp_path / NAME)
    (source / "am" / "final.mdl").write_bytes(b"\0B<TransitionModel>")
    with pytest.raises(RecognitionError, match="Vosk cannot load"):
        install(source, models)
    assert untouched(models)


def test_another_language_is_told_by_the_name(plain_model, models, tmp_path):
    source = shutil.copytree(plain_model, tmp_path / "vosk-model-small-en-us-0.15")
    with pytest.raises(RecognitionError, match=r"another language \(en\)"):
        install(source, models)
    assert install(source, models, language="ky").languages == ("ky-KG",)


def test_another_language_is_told_by_the_words_it_does_not_know(archive, models):
    with pytest.raises(RecognitionError, match="knows 1 of the content's 3 words in Russian"):
        install(archive, models, language="ru")
    assert untouched(models)


def test_a_language_that_nothing_tells_has_to_be_said(plain_model, models, tmp_path):
    source = shutil.copytree(plain_model, tmp_path / "best_model")
    with pytest.raises(RecognitionError, match="--language ky"):
        install(source, models)
    (source / "README").write_text("Kyrgyz model for mobile applications")
    assert install(source, models).languages == ("ky-KG",)


@pytest.mark.parametrize("moment", ["unpacking", "copying"])
def test_interrupted_halfway_nothing_is_installed(plain_model, archive, models, tmp_path, moment):
    source = archive if moment == "unpacking" else shutil.copytree(plain_model, tmp_path / NAME)

    def interrupt(what: str, done: int, total: int) -> None:
        if what == moment and done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(source, models, progress=interrupt)
    assert untouched(models)


def test_what_a_power_cut_left_is_no_model_and_is_swept_away(archive, models):
    (models / ".adding-999999999-x" / NAME / "am").mkdir(parents=True)
    alive = models / f".adding-{os.getpid()}-y"
    alive.mkdir()
    assert list(installed(models)) == ["sphinx-ky"] and strays(models) == []
    install(archive, models)
    assert not (models / ".adding-999999999-x").exists()
    assert alive.exists()


def test_a_disk_that_is_full_is_told_before_anything_is_written(tmp_path):
    with pytest.raises(RecognitionError, match="MB free"):
        room(tmp_path, 10**18, PARCEL)


def test_a_model_that_changed_is_not_listened_with(archive, models, caplog):
    install(archive, models)
    with (models / NAME / "graph" / "words.txt").open("a") as file:
        file.write("more 9999\n")
    with pytest.raises(RecognitionError, match=r"words\.txt is not the file that was added"):
        verify_installed(models / NAME)
    assert names(models) == ["sphinx-ky"]
    assert NAME in caplog.text


def test_a_model_laid_there_by_hand_is_told_and_not_listened_with(plain_model, models):
    shutil.copytree(plain_model, models / NAME)
    (models / "training").mkdir()
    assert strays(models) == [NAME]
    assert names(models) == ["sphinx-ky"]
    with pytest.raises(RecognitionError, match="no model 'training'"):
        remove("training", models)


def test_without_its_first_ear_the_kiosk_would_be_deaf(models):
    shutil.copytree(MODELS / "vosk-ky", models / "vosk-ky")
    with pytest.raises(RecognitionError, match="would be deaf"):
        remove("vosk-ky", models)
    remove("vosk-ky", models, force=True)
    assert untouched(models)
    assert install(MODELS / "vosk-ky", models).engine == "vosk"


def test_our_own_model_comes_back_only_as_the_catalogue_knows_it(models, tmp_path):
    remove("sphinx-ky", models)
    source = shutil.copytree(MODELS / "sphinx-ky", tmp_path / "sphinx-ky")
    (source / "cmn.txt").write_text("1 2 3")
    with pytest.raises(RecognitionError, match="another checksum than the catalogue"):
        install(source, models)
    assert installed(models) == {}
    install(MODELS / "sphinx-ky", models)
    assert untouched(models)


def test_a_stranger_is_not_listened_to_without_our_own_second_ear(archive, models, caplog):
    install(archive, models)
    assert names(models) == ["sphinx-ky", NAME]
    (models / "sphinx-ky" / "means").write_bytes(b"")
    assert names(models) == []
    assert "means is not the file" in caplog.text and "our own second ear is missing" in caplog.text


def test_the_kiosk_comes_with_a_second_ear_of_its_own():
    assert names(MODELS)[0] == "sphinx-ky"


@pytest.mark.parametrize("name", ["..", ".", "", "../models", "catalogue.toml"])
def test_only_models_can_be_removed(models, name):
    with pytest.raises(RecognitionError, match="no model"):
        remove(name, models, force=True)
    assert untouched(models)
