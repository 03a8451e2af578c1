"""The columns with nothing personal in them: ids, states, amounts, instants, words of ours.

An id of a person, a profile or a deal is a pseudonym: it means somebody only as long as the map's rows stand
beside it. A column belongs here only if that is true of all that can ever be written into it.
"""

HARMLESS: dict[str, str] = {
    "app_installation": "id app enterprise_id team_id sealed installed_at revoked_at",
    "arrival": "seq order_key due_at",
    "browser_session": "id fingerprint made_at seen_at ends_at renew",
    "business_event": "seq written_in kind version at actor workspace_id campaign_id deal_id"
    " deliverable_id creator_id facts",
    "campaign": "id process_version workspace_id request_key budget_minor currency brief_number state"
    " state_before_freeze version created_at",
    "campaign_event": "id campaign_id step from_state to_state at",
    "campaign_suggestion": "campaign_id creator_id listed place",
    "channel_identity": "id channel passes_on last_seen_at chosen_at opted_in_at muted_at lost_at",
    "chargeback": "rail ref funding_id campaign_id amount_minor fee_minor state freezes",
    # marks of a day: with its salt gone nobody can try addresses
    "click": "id link_id visitor source at",
    "click_salt": "on salt",
    "client_place": "workspace_id",
    "consent": "id purpose version text given_at withdrawn_at",
    "conversation": "menu updated_at",
    "creator": "frozen_at id person_id currency available created_at updated_at",
    "creator_rate": "creator_id kind currency",
    "creator_vector": "creator_id model revision written_in",
    "data_key": "owner_id wrapped made_at",
    "deal": "id process_version campaign_id workspace_id creator_id state price_minor"
    " currency work turn round brief_number brief_asked amendment terms terms_hash cancel_by dispute_by"
    " stands_for stands_since review_until parcel_steps created_at version",
    "deal_event": "id deal_id deliverable_id step from_state to_state facts stood at",
    "deal_message": "id deal_id side evidence held_back at",
    "deal_timer": "id deal_id deliverable_id step due_at paused_at failures parked_at",
    "deliverable": "approved_at id deal_id ordinal kind platform price_minor released_minor commission_minor"
    " state overdue_from draft_number rounds draft_due_at post_due_at submitted_at"
    " posted_at live_at retained_until seen_at doubted_at missing_since post_failures version",
    # of whoever knocked at the staff's door; it ends with its days
    "failed_sign_in": "id address at named_a_key",
    "former_brief": "campaign_id number replaced_at",
    "funding": "id campaign_id request_key amount_minor currency state then_offer rail checkout_ref"
    " checkout_url charge_ref refunded_minor credited_minor created_at over_at looked_at",
    "held_message": "seq kind held_at",
    "inbox": "source event_id received_at",
    "ledger.account": "id code kind currency normal_side allow_negative inline_balance debits credits"
    " version opened_at",
    "ledger.entry": "transfer_id line_no account_id currency amount account_version balance_after",
    "ledger.transfer": "id idempotency_key request_hash kind effective_at recorded_at reverses_id"
    " source_type source_id created_xid facts",
    "ledger_check": "id checked_at took_ms findings",
    "forgotten_import": "mark at",
    "link_request": "id kind state entered_at expires_at done_at undo_until",
    "mailbox": "seq changed incoming at",
    "media_file": "state store_name sealed_key keep_until here id content_type size_bytes created_at",
    "member": "workspace_id role since",
    "metric_snapshot": "id deliverable_id at views likes comments saves shares reach",
    "parcel": "deal_id at",
    "one_time_code": "fingerprint purpose workspace_id role expires_at used_at",
    "operator_act": "seq at by act stage subject_kind subject_id facts proposal_id",
    "operator_proposal": "id act subject_kind subject_id arguments proposed_by proposed_at expires_at"
    " state decided_by decided_at",
    "operator_task": "id kind subject_kind subject_id facts opened_at closed_at closed_by",
    "outbox": "id seq kind state epoch attempts not_before lease lease_until created_at done_at",
    "payable": "id source_id amount_minor gross_minor currency campaign_id released_at available_at"
    " payout_id",
    "payee_account": "creator_id state rail",
    "payee_change": "id creator_id state rail",
    "payout": "id amount_minor currency state rail reason created_at returned_minor",
    "person": "named_since names id linked_to data_links created_at erased_at",
    "rail_cursor": "rail cursor",
    "rail_event": "id rail event_id kind ref received_at failures next_try_at error done_at",
    "receipt": "seq asks version sent_at",
    "refund": "id campaign_id funding_id amount_minor currency state rail ref created_at",
    "report_links": "campaign_id edition",
    "review": "id deal_id by about_id stars written_at visible_at",
    # a shop's number of an order
    "sale": "id deliverable_id reference amount_minor at",
    "sandbox_clock": "id ahead_seconds",
    "sandbox_network_fault": "id failures_left",
    "sandbox_post": "code request_key platform kind final_views followers published_at deleted_at",
    "sandbox_rail_event": "seq object_kind ref",
    "sandbox_rail_fault": "operation fault calls_left",
    "sandbox_rail_object": "ref kind key state amount_minor fee_minor currency parent_ref mark created_at",
    "sent_words": "sent_at",
    "social_account": "creator_id platform verified_at",
    # employees, by names of their own choice
    "staff": "id name role added_at revoked_at",
    "staff_key": "name staff_id fingerprint created_at last_used_at revoked_at seen_by",
    "step_up": "id change state asked_at due_at settled_at failures parked_at",
    "step_up_chat": "step_up_id asks confirmed_at",
    "support_request": "id asked_at answered_at",
    # a brand's own page
    "tracking_link": "id code deliverable_id target utm created_at",
    "trust_observation": "id kind source_id at",
    "proof_picture": "deliverable_id",
    "watched_post": "deliverable_id network watching counts published_at next_check_at checks"
    " failures first_failure_at",
    "website_check": "workspace_id code verified_at",
    "workspace": "frozen_at stopped_itself twin id kind parent_id currency country verified_at created_at",
    "workspace_terms": "workspace_id version terms set_by set_at",
}
