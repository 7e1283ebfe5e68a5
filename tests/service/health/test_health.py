"""Live is the process; ready are database, index and encoder."""

import shutil
from pathlib import Path

from sqlalchemy import create_engine, text

from matcher.domain.expert import Expert
from service.health.readiness import Condition, Readiness
from tests.service.house import House


def test_ready_once_everything_is_there(house: House) -> None:
    house.store.experts.save([Expert("E1", "张三", directions=("盐碱地改良",))], by="测试")
    before = house.visitor().get("/health/ready")
    assert (before.status_code, before.json()["status"]) == (503, "starting")
    waiting = dict.fromkeys(("index", "encoder", "catalogues"), "starting")
    assert before.json()["checks"] == {"database": "ok", **waiting}
    house.service.readiness.start().join()
    after = house.visitor().get("/health/ready")
    assert after.status_code == 200
    assert after.json() == {"status": "ok", "checks": dict.fromkeys(("database", *waiting), "ok")}


def test_live_whatever_else_is_there(house: House, url: str) -> None:
    house.service.readiness.start().join()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE changes"))
    engine.dispose()
    client = house.visitor()
    assert client.get("/health/live").json() == {"status": "ok"}
    broken = client.get("/health/ready")
    assert (broken.status_code, broken.json()["status"]) == (503, "failed")
    assert broken.json()["checks"]["database"] == "failed"


def test_what_failed_is_tried_again(house: House, url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    resting, readiness = (Readiness(house.service.application, pause=pause) for pause in (3600, 0))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE experts RENAME TO away"))
    for one in (resting, readiness):
        one.start().join()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO experts"))
    engine.dispose()
    assert Condition.FAILED in resting.check().values()
    while Condition.FAILED in readiness.check().values():
        pass
    assert set(readiness.check().values()) == {Condition.OK}


def test_an_encoder_that_is_missing_is_told(url: str, tmp_path: Path) -> None:
    house = House(url, tmp_path, encoder=str(tmp_path / "gibt-es-nicht"))
    house.service.readiness.start().join()
    told = house.visitor().get("/health/ready")
    assert (told.status_code, told.json()["checks"]["encoder"]) == (503, "failed")
    house.service.close()


def test_the_start_of_the_application_makes_it_ready(house: House, tmp_path: Path) -> None:
    with house.visitor() as client:
        while client.get("/health/ready").json()["status"] == "starting":
            pass
        assert client.get("/health/ready").status_code == 200
    shutil.rmtree(tmp_path / "index")
