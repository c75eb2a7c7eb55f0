"""The addresses of logging in and out, and of managing people and keys."""

from django.urls import path

from accounts.views import keys, login

app_name = "accounts"
urlpatterns = [
    path("login/", login.login_page, name="login"),
    path("logout/", login.logout_page, name="logout"),
    path("office/", login.office_page, name="switch_office"),
    path("password/", login.password_page, name="password"),
    path("keys/", keys.keys, name="keys"),
    path("keys/new/", keys.new_key, name="new_key"),
    path("keys/<int:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("keys/<int:pk>/networks/", keys.bind, name="bind_key"),
]
