"""What the achievements bank answers and what the library lacks, as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field

from matcher.domain.job import Job
from matcher.domain.match import Band
from matcher.domain.vocabulary import EvidenceType
from matcher.explain.achievement import AchievementReport
from matcher.workflows.gaps import Coverage, CoverageGap, GapKind
from service.api.job_reports import JobReport, job_report
from service.api.match_shapes import FindingReport


class OwnerReport(BaseModel):
    """成果的完成人。Whose it is, with what the rules say of asking this person for the demand."""

    expert_id: str = Field(examples=["E00012"])
    name: str
    organization: str
    forbidden: bool
    findings: list[FindingReport]


class FittingAchievement(BaseModel):
    """适合需求的一项成果。An achievement, the sentence of the demand that it answers, and its owners."""

    rank: int = Field(description="名次 Place", examples=[1])
    item_id: str = Field(examples=["I00034"])
    type: EvidenceType
    title: str
    year: int | None
    source: str
    score: float = Field(description="匹配概率 Calibrated probability of being suitable", examples=[0.72])
    band: Band
    summary: str = Field(description="一句话说明 One sentence for people")
    demand_sentence: str
    item_sentence: str
    matched_words: list[str] = Field(examples=[["盐碱地", "保苗"]])
    blocked: bool = Field(description="完成人都不能联系 No owner may be asked")
    owners: list[OwnerReport]


class AchievementAnswer(BaseModel):
    """一份需求（或其中一项）的回答。Best first; `gap` says why nothing is to be proposed, else it is empty."""

    demand_id: str = Field(examples=["D001#2"])
    title: str
    enterprise: str
    gap: str = Field(description="不为空时请勿推荐 Where it is not empty, propose nothing")
    achievements: list[FittingAchievement]


class AchievementAnswers(BaseModel):
    """一份问卷拆成几项就有几个回答。One answer, or one for each confirmed need."""

    items: list[AchievementAnswer]


class NearestExpert(BaseModel):
    """最接近的人。`name` is empty for somebody who has left the database."""

    expert_id: str = Field(examples=["E00012"])
    name: str
    score: float = Field(description="匹配概率 Probability of being suitable", examples=[0.21])


class GapFound(BaseModel):
    """没有人、只有海外人员或只有一个团队可答的需求。A demand that is not well covered."""

    kind: GapKind
    demand_id: str = Field(examples=["D001"])
    title: str
    enterprise: str
    field: str = Field(description="学科门类 The field, first level", examples=["工程与材料科学部"])
    fields: list[str] = Field(description="建议征集的学科，近的在前 Fields to recruit from, nearest first")
    best: NearestExpert | None
    overseas: NearestExpert | None = Field(description="海外最接近的人 The nearest of those abroad")


class CoverageReport(BaseModel):
    """人才缺口。What the library lacks, over all demands."""

    demands: int = Field(description="看了几项需求 How many demands (or needs) were looked at", examples=[68])
    gaps: list[GapFound]
    single_disciplines: list[str] = Field(
        description="库中只有一人的学科 Disciplines with one person", examples=[["农学"]]
    )
    experts_without_discipline: int


class CoverageWork(JobReport):
    """分析的后台任务。The job that looks; `coverage` is there once `state` is 完成."""

    coverage: CoverageReport | None = None


def achievement_answers(reports: Sequence[AchievementReport]) -> AchievementAnswers:
    return AchievementAnswers(items=[AchievementAnswer.model_validate(one.to_json()) for one in reports])


def coverage_work(job: Job, found: Coverage | None, names: Mapping[str, str]) -> CoverageWork:
    """`names` by number, of the people in the coverage."""
    return CoverageWork(**dict(job_report(job)), coverage=_coverage(found, names) if found else None)


def _coverage(found: Coverage, names: Mapping[str, str]) -> CoverageReport:
    return CoverageReport(
        demands=found.demands,
        gaps=[_gap(one, names) for one in found.gaps],
        single_disciplines=[discipline for discipline, _ in found.single],
        experts_without_discipline=found.unstated,
    )


def _gap(gap: CoverageGap, names: Mapping[str, str]) -> GapFound:
    return GapFound(
        kind=gap.kind,
        demand_id=gap.reading_id,
        title=gap.title,
        enterprise=gap.enterprise,
        field=gap.field,
        fields=list(gap.fields),
        best=_nearest(gap.best, names),
        overseas=_nearest(gap.overseas, names),
    )


def _nearest(nearest: tuple[str, float] | None, names: Mapping[str, str]) -> NearestExpert | None:
    if nearest is None:
        return None
    return NearestExpert(expert_id=nearest[0], name=names.get(nearest[0], ""), score=nearest[1])
