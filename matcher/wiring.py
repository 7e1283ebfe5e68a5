"""From settings to objects: the only module of the library that reads settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from threadpoolctl import threadpool_limits

from matcher.documents.templates import WordTemplates
from matcher.domain.vocabulary import EvidenceType
from matcher.encode.adapt import AdaptRecipe
from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.hubs import HubCorrected
from matcher.encode.protocol import Encoder
from matcher.encode.transformer import CrossEncoderReranker, TransformerEncoder
from matcher.errors import HomeUnusable, SettingFileUnreadable, reason_of
from matcher.explain.passages import PassageFinder
from matcher.once import made_once
from matcher.plan.book import PlanBook, parse_plan_book
from matcher.plan.solver import solve
from matcher.rank.filters import ExpertFilter
from matcher.rank.gap import FieldNamer
from matcher.rank.programmes import Programme, parse_programmes
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.rank.weights import ScoreWeights, parse_weights
from matcher.reference.tables import ReferenceTables
from matcher.reference.travel import read_travel_minutes
from matcher.resources import bundled
from matcher.settings import MatcherSettings, load_settings
from matcher.shipped import Shipped
from matcher.store.store import Store, open_store_with_home
from matcher.workflows.achievements import AchievementBank
from matcher.workflows.adapt_encoder import EncoderAdapter
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.demand_catalogue import DemandSource
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.encoder_folder import EncoderFolder
from matcher.workflows.enterprise_team import TeamFinder
from matcher.workflows.erasures import Erasures
from matcher.workflows.expert_catalogue import ExpertSource
from matcher.workflows.gaps import CoverageReader
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_build import Progress
from matcher.workflows.index_recipe import IndexRecipe
from matcher.workflows.lectures import LecturePlanner
from matcher.workflows.match import Matchmaker, RuleSetting
from matcher.workflows.nearest_demands import NearestDemands
from matcher.workflows.panels import PanelPlanner
from matcher.workflows.plan_archive import StationArchive
from matcher.workflows.plan_doubts import ChoiceDoubts
from matcher.workflows.plan_ground import PlanGround
from matcher.workflows.plan_report import PlanReporter
from matcher.workflows.plan_sight import PlanSights
from matcher.workflows.plan_stations import StationPlanner
from matcher.workflows.plan_visits import VisitPlanner
from matcher.workflows.programmes import Nominator
from matcher.workflows.remembered import RememberedTexts
from matcher.workflows.report import Reporter
from matcher.workflows.reranking import StandingReranker
from matcher.workflows.similar import SimilarExperts
from matcher.workflows.standing_plans import StandingPlans
from matcher.workflows.standing_runs import StandingRuns
from matcher.workflows.understood_filters import understood
from matcher.workflows.visit_archive import VisitArchive
from matcher.workflows.visit_report import VisitReporter
from matcher.workflows.weights import WeightsFolder

_BUILTIN, _NONE = "builtin", "none"
# Every sixth question of the bank: a transformer may encode no more than some a second.
_PLUG_IN_QUESTIONS = 6


class Application:
    """Every object of one process, made when first asked for and kept."""

    def __init__(
        self, settings: MatcherSettings, progress: Progress | None = None, shipped: Shipped | None = None
    ) -> None:
        """`progress` hears of index builds that a first question starts."""
        self.settings = settings
        self._progress = progress
        self.shipped = shipped or Shipped()
        # A question's matrices are small: waking a second core for them costs five times what it saves.
        threadpool_limits(limits=1, user_api="blas")

    @made_once
    def store(self) -> Store:
        home, key = self.settings.home, self.settings.master_key
        url = self.settings.database_url
        return open_store_with_home(
            url.get_secret_value() if url else f"sqlite:///{self._made_home() / 'matcher.db'}",
            home,
            key.get_secret_value() if key else None,
        )

    @made_once
    def encoder(self) -> Encoder:
        if self.has_builtin_encoder:
            adopted = self.encoder_folder.current
            return BuiltinEncoder(adopted) if adopted else self.shipped.encoder
        given = {"query": self.settings.encoder_query_prompt, "document": self.settings.encoder_document_prompt}
        prompts = {kind: prompt for kind, prompt in given.items() if prompt is not None}
        return TransformerEncoder(self.settings.encoder, device=self.settings.encoder_device, prompts=prompts)

    @property
    def has_builtin_encoder(self) -> bool:
        """Whether the built-in encoder is asked for, shipped or refined."""
        return self.settings.encoder == _BUILTIN

    @made_once
    def encoder_folder(self) -> EncoderFolder:
        return EncoderFolder(self.settings.home / "encoder")

    @property
    def adapter(self) -> EncoderAdapter:
        return EncoderAdapter(self.store, self.shipped.encoder, self.encoder, AdaptRecipe())

    @made_once
    def search_encoder(self) -> Encoder:
        """What the index is searched with; passages and fields are compared by the plain encoder."""
        if self.encoder is self.shipped.encoder:
            return self.shipped.search_encoder
        if self.has_builtin_encoder:
            return HubCorrected(self.encoder, self.shipped.query_bank)
        bank = self.shipped.query_bank[::_PLUG_IN_QUESTIONS]
        return HubCorrected(self.encoder, bank, self._remembered.encode_bank)

    @made_once
    def _remembered(self) -> RememberedTexts:
        return RememberedTexts(self.encoder, self._made_home() / "index" / "vectors")

    @property
    def reference(self) -> ReferenceTables:
        return self.shipped.reference

    @made_once
    def index(self) -> IndexKeeper:
        recipe = IndexRecipe(self.search_encoder, self.shipped.stop_words)
        return IndexKeeper(self.store, recipe, self._made_home() / "index", self._progress)

    @made_once
    def erasures(self) -> Erasures:
        return Erasures(self.store, self._made_home() / "erasures.csv")

    @made_once
    def weights_folder(self) -> WeightsFolder:
        return WeightsFolder(self.settings.home / "weights")

    @made_once
    def weights(self) -> ScoreWeights:
        path = self.settings.weights or self.weights_folder.current or bundled("weights.json")
        return parse_weights(_text_of(path, "MATCHER_WEIGHTS"))

    def models_in_force(self) -> tuple[str, ...]:
        """Names what a process would load now: it differs once an encoder or weights are adopted or put back."""
        return (self.encoder_folder.in_force, self.weights_folder.in_force)

    @made_once
    def rules(self) -> RuleSetting:
        path = self.settings.rules or bundled("rules.toml")
        code = self.settings.home_province
        region = self.reference.regions.find(code)
        return RuleSetting(
            parse_rule_book(_text_of(path, "MATCHER_RULES")),
            HomeProvince(code, region.name if region else code),
            self.settings.today,
        )

    @made_once
    def plan_book(self) -> PlanBook:
        return parse_plan_book(_text_of(self.settings.plan or bundled("plan.toml"), "MATCHER_PLAN"))

    @made_once
    def station_planner(self) -> StationPlanner:
        return StationPlanner(self.plan_ground, self.plan_book.stations)

    @made_once
    def plan_ground(self) -> PlanGround:
        return PlanGround(
            store=self.store,
            directory=self.directory,
            matchmaker=self.matchmaker,
            rules=self.rules,
            regions=self.reference.regions,
            solve=solve,
        )

    @made_once
    def choice_doubts(self) -> ChoiceDoubts:
        return ChoiceDoubts(self.plan_ground)

    @made_once
    def stations(self) -> StationArchive:
        return StationArchive(self.store, self.station_planner, self.plan_sights)

    @made_once
    def visit_planner(self) -> VisitPlanner:
        minutes = read_travel_minutes(bundled("reference"))
        return VisitPlanner(self.plan_ground, self.plan_book.visits, minutes)

    @made_once
    def visits(self) -> VisitArchive:
        return VisitArchive(self.store, self.visit_planner, self.plan_sights)

    @made_once
    def standing_plans(self) -> StandingPlans:
        return StandingPlans(self.store, self.rules)

    @made_once
    def standing_runs(self) -> StandingRuns:
        return StandingRuns(self.store, self.rules)

    @made_once
    def visit_reporter(self) -> VisitReporter:
        return VisitReporter(self.plan_sights, self.reference.regions)

    @made_once
    def plan_reporter(self) -> PlanReporter:
        return PlanReporter(self.plan_sights)

    @made_once
    def plan_sights(self) -> PlanSights:
        return PlanSights(self.store, self.directory, self.matchmaker, self.reporter)

    @made_once
    def queries(self) -> QueryBuilder:
        return QueryBuilder(self.index.analyzer, self.search_encoder)

    @made_once
    def word_templates(self) -> WordTemplates:
        return WordTemplates(self.settings.templates or self.settings.home / "templates", bundled("templates"))

    @made_once
    def ranker(self) -> Ranker:
        return Ranker(self.index.index, self.queries, self.weights)

    @made_once
    def finder(self) -> PassageFinder:
        return PassageFinder(self.index.analyzer, self.encoder)

    @made_once
    def directory(self) -> ExpertDirectory:
        return ExpertDirectory(self.store)

    def achievement_bank(self, types: Sequence[EvidenceType]) -> AchievementBank:
        """Achievements of these types for demands."""
        return AchievementBank(self.store, self.directory, self.matchmaker, self.finder, types)

    @made_once
    def expert_catalogue(self) -> CatalogueKeeper:
        return CatalogueKeeper(self.store, ExpertSource(self.store, self.reference, self.rules))

    @made_once
    def demand_catalogue(self) -> CatalogueKeeper:
        return CatalogueKeeper(self.store, DemandSource(self.store, self.reference))

    @made_once
    def nominator(self) -> Nominator:
        path = self.settings.programmes or bundled("programmes.toml")
        read = partial(_programmes_of, path)
        return Nominator(self.store, self.matchmaker, self.reporter, read, self.rules.today, self.reference)

    @made_once
    def coverage(self) -> CoverageReader:
        return CoverageReader(self.store, self.matchmaker, self.reference)

    @made_once
    def teams(self) -> TeamFinder:
        return TeamFinder(self.store, self.matchmaker, self.reporter)

    @made_once
    def lectures(self) -> LecturePlanner:
        return LecturePlanner(self.matchmaker, self.reporter, self.finder, self.encoder)

    @made_once
    def panels(self) -> PanelPlanner:
        tables, index = self.reference.disciplines, self.index.index
        return PanelPlanner(self.store, self.directory, self.matchmaker, self.reporter, index, tables)

    @made_once
    def reporter(self) -> Reporter:
        return Reporter(self.store, self.directory, self.matchmaker, self.finder)

    @made_once
    def matchmaker(self) -> Matchmaker:
        nsfc = self.reference.nsfc
        # With the fields above, or 纤维 is found in optics.
        names = [
            (code.name, " ".join([*(above.name for above in nsfc.path(code)[:-1]), code.name_en]))
            for code in nsfc.all
            if code.parent
        ]
        below = self.settings.abstain_below
        return Matchmaker(
            index=self.index.index,
            queries=self.queries,
            ranker=self.ranker,
            directory=self.directory,
            rules=self.rules,
            fields=FieldNamer(names, self.encoder if self.has_builtin_encoder else self._remembered),
            abstain_below=self.weights.abstain_below if below is None else below,
            refresh=self._catch_up,
            rerank=self._rerank,
        )

    @made_once
    def similar_experts(self) -> SimilarExperts:
        return SimilarExperts(self.store, self.directory, self.index.index, self.search_encoder, self._catch_up)

    @made_once
    def nearest_demands(self) -> NearestDemands:
        return NearestDemands(self.store, self.index.index, self.search_encoder, self._catch_up)

    @made_once
    def _rerank(self) -> StandingReranker | None:
        if self.settings.reranker == _NONE:
            return None
        reranker = CrossEncoderReranker(self.settings.reranker, device=self.settings.reranker_device)
        return StandingReranker(self.store, reranker, self.weights.calibration, self.settings.rerank_top)

    def understood(self, filters: ExpertFilter) -> ExpertFilter:
        """The filter with its words looked up. Raises FilterWordUnknown."""
        return understood(filters, self.reference, self.store.experts.mentioning, self.settings.home_province)

    def _catch_up(self) -> None:
        self.index.catch_up()
        self.directory.follow()

    def _made_home(self) -> Path:
        try:
            self.settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusable(self.settings.home, reason_of(error)) from error
        return self.settings.home


def _programmes_of(path: Path) -> tuple[Programme, ...]:
    return parse_programmes(_text_of(path, "MATCHER_PROGRAMMES"))


def _text_of(path: Path, setting: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingFileUnreadable(setting, str(path), reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise SettingFileUnreadable(setting, str(path), "不是 UTF-8 文本") from error


def open_application(progress: Progress | None = None) -> Application:
    """The application of the settings in force."""
    return Application(load_settings(), progress)
